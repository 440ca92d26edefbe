// Pages of known number, touched beside a purge, so that what the memory readings say of a cell can
// be checked against what is known.
#pragma once

#include <cstdint>

#include "bench/cells/cell_result.hpp"
#include "bench/cells/instruments.hpp"
#include "engine/base/result.hpp"

namespace bench::cells {

class Ballast {
 public:
  static constexpr std::uint64_t kPageBytes = 4096;

  Ballast() = default;
  ~Ballast();
  Ballast(const Ballast&) = delete;
  Ballast& operator=(const Ballast&) = delete;

  // Reserves addresses for so many pages, which the kernel must not make huge. False: there is no
  // room.
  [[nodiscard]] bool reserve(std::uint64_t pages) noexcept;

  // Writes to each page once. The first call backs them all; they stay until the end.
  void touch(Instruments& instruments) noexcept;

  // Whether the page faults of touch(), and every resident reading's growth, are these pages within
  // 1%, where a purge beside them moved little. Error: the reading that is not, and its bytes.
  [[nodiscard]] beam::Result<beam::Unit> check(const CellMemory& memory) const noexcept;

 private:
  [[nodiscard]] bool shows(std::uint64_t value, std::uint64_t expected) const noexcept;

  char* at_ = nullptr;
  std::uint64_t pages_ = 0;
  bool touched_ = false;
  std::uint64_t faults_ = 0;
};

}  // namespace bench::cells
