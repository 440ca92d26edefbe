// A known number of pages, touched during a purge to check the memory readings of a cell.
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

  // Reserves addresses for `pages` pages and forbids huge pages. False: no address space.
  [[nodiscard]] bool reserve(std::uint64_t pages) noexcept;

  // Writes to each page once. The first call backs them all; they stay until the end.
  void touch(Instruments& instruments) noexcept;

  // Checks that the page faults of touch() and the growth of every resident reading equal these
  // pages within 1%, for a purge that moves little itself. Error: the first reading that is off,
  // and its bytes.
  [[nodiscard]] beam::Result<beam::Unit> check(const CellMemory& memory) const noexcept;

 private:
  [[nodiscard]] bool shows(std::uint64_t value, std::uint64_t expected) const noexcept;

  char* at_ = nullptr;
  std::uint64_t pages_ = 0;
  bool touched_ = false;
  std::uint64_t faults_ = 0;
};

}  // namespace bench::cells
