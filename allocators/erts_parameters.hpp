// The parameters of the runtime's allocators, as a node of OTP 25 without flags reports them by
// erlang:system_info({allocator, Name}); a test compares them with the node of the machine. All
// sizes are bytes. The names are those of erts_alloc's flags.
#pragma once

#include <cstddef>

namespace allocators {

// Of one alloc_util allocator. The strategy (`as`) is aoffcbf: the first carrier by address that
// has room, and in it the block that fits best.
struct ErtsParameters {
  std::size_t sbct = 524288;     // blocks of so many bytes and more get a carrier of their own
  std::size_t asbcst = 4145152;  // such a carrier shrinks if it loses so many bytes,
  std::size_t rsbcst = 50;       // or so many percent
  std::size_t rsbcmt = 80;      // a block moves out of it if that makes so many percent superfluous
  std::size_t rmbcmt = 50;      // a block that loses more percent than this may move
  std::size_t mmbcs = 524288;   // the main carrier, which is never given back
  std::size_t mmsbc = 256;      // at most so many single block carriers are segments
  std::size_t smbcs = 1048576;  // the first carrier of many blocks,
  std::size_t lmbcs = 10485760;  // the largest,
  std::size_t mbcgs = 10;        // and the steps between them; all rounded up to powers of two
};

// eheap_alloc: heaps, old heaps and heap fragments.
inline constexpr ErtsParameters kEheapAlloc;
// temp_alloc: temporary copies of literal areas. Its strategy is another one (af), but it rarely
// has two blocks at once.
inline constexpr ErtsParameters kTempAlloc = {.rsbcst = 90, .rmbcmt = 100, .mmbcs = 131072};

// mseg_alloc: the cache of segments that carriers are made of.
struct ErtsSegmentParameters {
  std::size_t amcbf = 4194304;  // a cached segment is taken whole if it is less than so much
  std::size_t rmcbf = 20;       // and less than so many percent too large
  std::size_t mcs = 10;         // segments in the cache; at most kMaxCachedSegments
};

inline constexpr std::size_t kMaxCachedSegments = 30;

// Of all allocators: what single block carriers beyond mmsbc are a multiple of
// (erlang:system_info(allocator), alloc_util, ycs).
inline constexpr std::size_t kSystemCarrierUnit = 1048576;
// What carriers of many blocks are aligned to, and a multiple of (ERTS_SACRR_UNIT_SZ,
// erts/emulator/beam/erl_alloc_util.h).
inline constexpr std::size_t kCarrierUnit = std::size_t{1} << 18;

}  // namespace allocators
