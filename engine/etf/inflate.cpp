#include "engine/etf/inflate.hpp"

#include <algorithm>
#include <utility>

#define ZLIB_CONST
#include <zlib.h>

namespace beam {

namespace {

// zlib takes 15 window bits; 16 more mean a gzip header and trailer.
constexpr int kZlibWindow = 15;
constexpr int kGzipWindow = 15 + 16;

// The upper bound of all limits, so that a limit plus one byte does not overflow.
constexpr std::size_t kMostBytes = std::size_t{1} << 46;

// The most that zlib gets to read or write at once: its counters have 32 bits.
constexpr std::size_t kMaxStep = std::size_t{1} << 30;
constexpr std::size_t kFirstStep = std::size_t{1} << 16;

// Memory for one stream: zlib allocates its state (7 KB) and a window (32 KB), and nothing later.
class ZlibMemory {
 public:
  static void* allocate(void* self, unsigned items, unsigned size) noexcept {
    return static_cast<ZlibMemory*>(self)->take(std::size_t{items} * size);
  }
  static void release(void* /*self*/, void* /*memory*/) noexcept {}

 private:
  static constexpr std::size_t kBytes = std::size_t{1} << 17;
  static constexpr std::size_t kAlignment = 16;

  void* take(std::size_t bytes) noexcept {
    if (!memory_.reserve(kBytes) || bytes > kBytes - used_) return nullptr;
    void* at = memory_.data() + used_;
    used_ = std::min(kBytes, (used_ + bytes + kAlignment - 1) / kAlignment * kAlignment);
    return at;
  }

  MappedArray<std::uint8_t> memory_;
  std::size_t used_ = 0;
};

class Inflater {
 public:
  Inflater(ByteReader& in, std::size_t max_bytes) noexcept
      : in_(in), max_bytes_(std::min(max_bytes, kMostBytes)) {
    stream_.zalloc = &ZlibMemory::allocate;
    stream_.zfree = &ZlibMemory::release;
    stream_.opaque = &memory_;
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  Result<Unpacked> run(int window) {
    if (inflateInit2(&stream_, window) != Z_OK) return Error{"no memory to unpack data"};
    int status = Z_OK;
    while (status == Z_OK) {
      if (written_ > max_bytes_) return too_much();
      if (!make_room()) return Error{"no memory for unpacked data"};
      status = step();
    }
    if (written_ > max_bytes_) return too_much();
    if (status == Z_BUF_ERROR) return in_.truncated("packed data are truncated");
    if (status != Z_STREAM_END) return in_.error("packed data are damaged");
    if (!unpacked_.resize(written_)) return Error{"no memory for unpacked data"};
    return std::move(unpacked_);
  }

 private:
  // One byte more than allowed detects oversized data, and with room left zlib reaches the checksum
  // after the last byte.
  bool make_room() noexcept {
    if (written_ < unpacked_.capacity()) return true;
    const std::size_t wanted = std::max(kFirstStep, 2 * unpacked_.capacity());
    return unpacked_.reserve(std::min(wanted, max_bytes_ + 1));
  }

  int step() noexcept {
    const std::size_t in = std::min(in_.remaining(), kMaxStep);
    const std::size_t room = std::min(unpacked_.capacity(), max_bytes_ + 1) - written_;
    const std::size_t out = std::min(room, kMaxStep);
    stream_.next_in = in_.rest().data();
    stream_.avail_in = static_cast<unsigned>(in);
    stream_.next_out = unpacked_.data() + written_;
    stream_.avail_out = static_cast<unsigned>(out);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    static_cast<void>(in_.take(in - stream_.avail_in));
    written_ += out - stream_.avail_out;
    return status;
  }

  [[nodiscard]] Error too_much() const noexcept {
    return in_.error("packed data unpack to more than is claimed or allowed",
                     {max_bytes_, "more than {} bytes"});
  }

  ByteReader& in_;
  std::size_t max_bytes_;
  std::size_t written_ = 0;
  Unpacked unpacked_;
  ZlibMemory memory_;
  z_stream stream_{};
};

}  // namespace

Result<Unpacked> unpack(ByteReader& in, Packing packing, std::size_t max_bytes) {
  Inflater inflater(in, max_bytes);
  return inflater.run(packing == Packing::kGzip ? kGzipWindow : kZlibWindow);
}

Result<Unpacked> unpack_claimed(ByteReader& in, std::size_t claimed, std::size_t max_bytes) {
  const Error wrong_claim =
      in.error("packed data unpack to less than is claimed", {claimed, "{} bytes are claimed"});
  if (claimed > max_bytes)
    return in.error("packed data claim a size over the limit",
                    {claimed, "{} bytes, and {} are allowed", max_bytes});
  if (!deflate_reaches(claimed, in.remaining())) {
    return in.error("packed data claim a size that deflate cannot reach",
                    {claimed, "{} bytes out of {}", in.remaining()});
  }
  auto unpacked = unpack(in, Packing::kZlib, claimed);
  if (unpacked && unpacked.value().size() != claimed) return wrong_claim;
  return unpacked;
}

}  // namespace beam
