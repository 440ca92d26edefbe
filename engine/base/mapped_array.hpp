// A growable array of plain data in a private mapping of its own.
//
// Invariant: its memory never comes from malloc, so it neither disturbs nor is disturbed by the
// allocator that a benchmark preloads. Growth doubles by mremap, which moves page tables and not
// data; any growth may move the array. A failed growth leaves the array as it was and returns
// false.
#pragma once

#include <cstddef>
#include <span>
#include <sys/mman.h>
#include <type_traits>
#include <utility>

namespace beam {

template <class T>
class MappedArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  MappedArray() = default;
  MappedArray(const MappedArray&) = delete;
  MappedArray& operator=(const MappedArray&) = delete;
  MappedArray(MappedArray&& other) noexcept { swap(other); }
  MappedArray& operator=(MappedArray&& other) noexcept {
    MappedArray moved(std::move(other));
    swap(moved);
    return *this;
  }
  ~MappedArray() {
    if (data_ != nullptr) munmap(data_, bytes_);
  }

  [[nodiscard]] T* data() noexcept { return data_; }
  [[nodiscard]] const T* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] std::size_t capacity() const noexcept { return bytes_ / sizeof(T); }
  [[nodiscard]] T& operator[](std::size_t i) noexcept { return data_[i]; }
  [[nodiscard]] const T& operator[](std::size_t i) const noexcept { return data_[i]; }
  [[nodiscard]] T& back() noexcept { return data_[size_ - 1]; }
  [[nodiscard]] T* begin() noexcept { return data_; }
  [[nodiscard]] T* end() noexcept { return data_ + size_; }
  [[nodiscard]] const T* begin() const noexcept { return data_; }
  [[nodiscard]] const T* end() const noexcept { return data_ + size_; }
  [[nodiscard]] std::span<const T> span() const noexcept { return {data_, size_}; }

  // Room for at least `count` elements without further growth. False: no memory, nothing changed.
  [[nodiscard]] bool reserve(std::size_t count) noexcept {
    return count <= capacity() || grow(count);
  }

  // Exactly `count` elements; new ones are zero bytes unless the array was larger before.
  [[nodiscard]] bool resize(std::size_t count) noexcept {
    if (!reserve(count)) return false;
    size_ = count;
    return true;
  }

  [[nodiscard]] bool push_back(T value) noexcept {
    if (size_ == capacity() && !grow(size_ + 1)) return false;
    data_[size_++] = value;
    return true;
  }

  void pop_back() noexcept { --size_; }
  void clear() noexcept { size_ = 0; }

  void swap(MappedArray& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(bytes_, other.bytes_);
  }

 private:
  static constexpr std::size_t kPage = 4096;

  bool grow(std::size_t count) noexcept {
    if (count > (~std::size_t{0} - kPage) / sizeof(T)) return false;
    std::size_t wanted = (count * sizeof(T) + kPage - 1) / kPage * kPage;
    if (wanted < 2 * bytes_) wanted = 2 * bytes_;
    void* mapped = data_ == nullptr ? mmap(nullptr, wanted, PROT_READ | PROT_WRITE,
                                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
                                    : mremap(data_, bytes_, wanted, MREMAP_MAYMOVE);
    if (mapped == MAP_FAILED) return false;
    data_ = static_cast<T*>(mapped);
    bytes_ = wanted;
    return true;
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace beam
