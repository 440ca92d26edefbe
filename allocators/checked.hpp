// A value, or the sentence for a person that says why there is none.
//
// beam::Result carries static text only; what is wrong with a flag or a library needs its name.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>

namespace allocators {

// A clause without a full stop ("no allocator is called 'x'").
struct Reason {
  std::string text;
};

template <class T>
class [[nodiscard]] Checked {
 public:
  // Implicit from both sides, so that `return value;` and `return Reason{...};` read naturally.
  Checked(T value) : value_(std::move(value)) {}
  Checked(Reason reason) : reason_(std::move(reason.text)) {}

  [[nodiscard]] bool ok() const noexcept { return value_.has_value(); }
  explicit operator bool() const noexcept { return ok(); }

  // The value; the caller has checked ok().
  [[nodiscard]] T& value() noexcept {
    assert(ok());
    return *value_;
  }
  [[nodiscard]] const T& value() const noexcept {
    assert(ok());
    return *value_;
  }

  // The reason; empty when there is a value.
  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

 private:
  std::optional<T> value_;
  std::string reason_;
};

}  // namespace allocators
