// Unpacks deflated data. No memory comes from malloc, zlib's own included.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/etf/byte_reader.hpp"

namespace beam {

enum class Packing { kZlib, kGzip };

// Whether `packed` bytes can unpack to `unpacked`. Deflate packs at most 258 bytes into two bits.
[[nodiscard]] constexpr bool deflate_reaches(std::size_t unpacked, std::size_t packed) noexcept {
  return unpacked / 1032 <= packed;
}

using Unpacked = MappedArray<std::uint8_t>;

// Unpacks and consumes the stream at the front of `in`. Errors: the stream is damaged or truncated,
// or unpacks to more than `max_bytes`. No more memory than that is touched.
[[nodiscard]] Result<Unpacked> unpack(ByteReader& in, Packing packing, std::size_t max_bytes);

// The same for a zlib stream that must unpack to `claimed` bytes exactly. A claim of more than
// `max_bytes`, or of more than deflate can reach from the bytes left, is rejected before anything
// is allocated; the error gives the claim.
[[nodiscard]] Result<Unpacked> unpack_claimed(ByteReader& in, std::size_t claimed,
                                              std::size_t max_bytes);

}  // namespace beam
