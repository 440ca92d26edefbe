// One value per round, in memory allocated and touched before the first.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>

#include "bench/stats/order_statistics.hpp"
#include "engine/base/mapped_array.hpp"

namespace bench::cells {

template <class T>
class Series {
 public:
  // Room for `count` values and for computing their median. False: out of memory.
  [[nodiscard]] bool prepare(std::size_t count) noexcept {
    if (!values_.resize(count) || !scratch_.resize(count)) return false;
    std::memset(static_cast<void*>(values_.data()), 0xFF, count * sizeof(T));
    values_.clear();
    return true;
  }
  void add(const T& value) noexcept { static_cast<void>(values_.push_back(value)); }

  [[nodiscard]] const T& operator[](std::size_t i) const noexcept { return values_[i]; }
  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }

  // median_high of `quantity` over the values; 0 if there are none.
  template <class Quantity>
  [[nodiscard]] std::uint64_t median_high(Quantity quantity) noexcept {
    scratch_.clear();
    for (const T& value : values_) static_cast<void>(scratch_.push_back(quantity(value)));
    if (scratch_.empty()) return 0;
    return bench::stats::median_high(std::span(scratch_.begin(), scratch_.size()));
  }

 private:
  beam::MappedArray<T> values_;
  beam::MappedArray<std::uint64_t> scratch_;
};

}  // namespace bench::cells
