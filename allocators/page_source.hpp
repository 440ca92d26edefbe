// Where carriers get their pages: the kernel, or a test that refuses or counts.
#pragma once

#include <cstddef>

namespace allocators {

// All sizes and addresses are whole pages; all memory is private, zero, and untouched when new.
class PageSource {
 public:
  static constexpr std::size_t kPageBytes = 4096;

  PageSource() = default;
  PageSource(const PageSource&) = delete;
  PageSource& operator=(const PageSource&) = delete;
  virtual ~PageSource() = default;

  // At an address that is a multiple of `alignment`, a power of two and at least a page. Null: no
  // memory.
  [[nodiscard]] virtual char* map(std::size_t bytes, std::size_t alignment) noexcept = 0;
  // Any whole pages of what was mapped, be it by one call or by several.
  virtual void unmap(char* at, std::size_t bytes) noexcept = 0;
  // Makes a mapping larger or smaller, keeping its contents; may move it. Null: as it was.
  [[nodiscard]] virtual char* remap(char* at, std::size_t bytes, std::size_t wanted) noexcept = 0;
};

class KernelPages final : public PageSource {
 public:
  [[nodiscard]] char* map(std::size_t bytes, std::size_t alignment) noexcept override;
  void unmap(char* at, std::size_t bytes) noexcept override;
  [[nodiscard]] char* remap(char* at, std::size_t bytes, std::size_t wanted) noexcept override;
};

}  // namespace allocators
