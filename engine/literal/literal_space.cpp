#include "engine/literal/literal_space.hpp"

#include <algorithm>
#include <sys/mman.h>

#include "engine/term/empty_tuple.hpp"
#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

constexpr int kReserveFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;

constexpr std::size_t round_to_pages(std::size_t bytes) noexcept {
  return (bytes + LiteralSpace::kPageBytes - 1) / LiteralSpace::kPageBytes *
         LiteralSpace::kPageBytes;
}

}  // namespace

Result<LiteralSpace> LiteralSpace::reserve(std::size_t bytes) noexcept {
  constexpr std::size_t kMaxBytes = std::size_t{1} << 46;
  if (bytes == 0 || bytes > kMaxBytes) {
    return Error{"the literal space's size is out of range", Error::kNowhere, {bytes, "{} bytes"}};
  }
  const std::size_t reserved = std::max(round_to_pages(bytes), 2 * kPageBytes);
  void* base = mmap(nullptr, reserved, PROT_NONE, kReserveFlags, -1, 0);
  if (base == MAP_FAILED) {
    return Error{"no address space for the literal space", Error::kNowhere, {bytes, "{} bytes"}};
  }
  LiteralSpace space({reinterpret_cast<Word>(base), reserved});
  if (!space.free_.push_back({0, reserved}) || !space.place_empty_tuple()) {
    return Error{"no memory for the literal space"};
  }
  return space;
}

LiteralSpace::LiteralSpace(LiteralSpace&& other) noexcept
    : range_(std::exchange(other.range_, {})),
      free_(std::move(other.free_)),
      areas_(std::exchange(other.areas_, 0)),
      empty_tuple_(other.empty_tuple_),
      committed_bytes_(other.committed_bytes_) {}

LiteralSpace::~LiteralSpace() {
  if (range_.bytes != 0) munmap(address(0), range_.bytes);
}

void* LiteralSpace::address(std::size_t offset) const noexcept {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): offsets within a range of addresses.
  return reinterpret_cast<void*>(range_.base + offset);
}

bool LiteralSpace::place_empty_tuple() noexcept {
  if (!commit({0, kPageBytes})) return false;
  free_[0] = {kPageBytes, range_.bytes - kPageBytes};
  auto* object = static_cast<Word*>(address(0));
  object[0] = kEmptyTupleObject[0];
  empty_tuple_ = make_boxed(object);
  return true;
}

bool LiteralSpace::commit(Run run) noexcept {
  if (mprotect(address(run.offset), run.bytes, PROT_READ | PROT_WRITE) != 0) return false;
  committed_bytes_ += run.bytes;
  return true;
}

// First fit in address order.
Result<LiteralArea> LiteralSpace::allocate(std::size_t words) noexcept {
  if (words > range_.bytes / kWordBytes) {
    return Error{
        "a literal area is larger than the literal space", Error::kNowhere, {words, "{} words"}};
  }
  const std::size_t bytes = std::max(round_to_pages(words * kWordBytes), kPageBytes);
  // There are never more free runs than areas and one, so with this releasing cannot fail.
  if (!free_.reserve(areas_ + 2)) return Error{"no memory for the literal space"};
  auto* run =
      std::find_if(free_.begin(), free_.end(), [bytes](const Run& r) { return r.bytes >= bytes; });
  if (run == free_.end())
    return Error{
        "the literal space is full", Error::kNowhere, {words, "there is no room for {} words"}};
  const Run taken{run->offset, bytes};
  if (!commit(taken))
    return Error{"no memory for a literal area", Error::kNowhere, {words, "{} words"}};
  *run = {run->offset + bytes, run->bytes - bytes};
  if (run->bytes == 0) {
    std::move(run + 1, free_.end(), run);
    free_.pop_back();
  }
  ++areas_;
  return LiteralArea{static_cast<Word*>(address(taken.offset)), words, nullptr};
}

void LiteralSpace::release(LiteralArea& area) noexcept {
  if (area.start == nullptr) return;
  release_off_heap(area.off_heap);
  const std::size_t bytes = std::max(round_to_pages(area.words * kWordBytes), kPageBytes);
  give_back({reinterpret_cast<Word>(area.start) - range_.base, bytes});
  --areas_;
  area = {};
}

void LiteralSpace::give_back(Run run) noexcept {
  void* const pages = address(run.offset);
  if (mmap(pages, run.bytes, PROT_NONE, kReserveFlags | MAP_FIXED, -1, 0) == MAP_FAILED) {
    madvise(pages, run.bytes, MADV_DONTNEED);  // the kernel has no mapping left: empty at least
  }
  committed_bytes_ -= run.bytes;
  Run* after = std::find_if(free_.begin(), free_.end(),
                            [run](const Run& r) { return r.offset > run.offset; });
  const bool joins_after = after != free_.end() && run.offset + run.bytes == after->offset;
  if (joins_after) {
    *after = {run.offset, run.bytes + after->bytes};
  } else {
    const auto index = static_cast<std::size_t>(after - free_.begin());
    static_cast<void>(free_.resize(free_.size() + 1));  // allocate() made room
    std::move_backward(free_.begin() + index, free_.end() - 1, free_.end());
    after = free_.begin() + index;
    *after = run;
  }
  if (after == free_.begin()) return;
  Run* before = after - 1;
  if (before->offset + before->bytes != after->offset) return;
  before->bytes += after->bytes;
  std::move(after + 1, free_.end(), after);
  free_.pop_back();
}

bool LiteralSpace::is_live(Word pointer) const noexcept {
  if (!range_.contains(pointer)) return false;
  const std::size_t offset = pointer - range_.base;
  return std::none_of(free_.begin(), free_.end(), [offset](const Run& r) {
    return r.offset <= offset && offset < r.offset + r.bytes;
  });
}

}  // namespace beam
