// A source of pages that keeps accounts and refuses on demand.
#pragma once

#include <cstdint>

#include "allocators/page_source.hpp"

namespace page_accounts {

class CountedPages final : public allocators::PageSource {
 public:
  static constexpr std::uint64_t kNever = ~std::uint64_t{0};

  [[nodiscard]] char* map(std::size_t bytes, std::size_t alignment) noexcept override {
    if (!spend()) return nullptr;
    char* const at = kernel_.map(bytes, alignment);
    if (at != nullptr) mapped += bytes;
    return at;
  }
  void unmap(char* at, std::size_t bytes) noexcept override {
    mapped -= bytes;
    kernel_.unmap(at, bytes);
  }
  [[nodiscard]] char* remap(char* at, std::size_t bytes, std::size_t wanted) noexcept override {
    if (!spend()) return nullptr;
    char* const moved = kernel_.remap(at, bytes, wanted);
    if (moved != nullptr) mapped += wanted - bytes;
    return moved;
  }

  std::size_t mapped = 0;         // bytes
  std::uint64_t budget = kNever;  // requests until all are refused
  std::uint64_t requests = 0;

 private:
  [[nodiscard]] bool spend() noexcept {
    ++requests;
    if (budget == 0) return false;
    if (budget != kNever) --budget;
    return true;
  }

  allocators::KernelPages kernel_;
};

}  // namespace page_accounts
