// Whatever serves malloc already, unproven: the only choice where a sanitizer owns malloc.
#include "allocators/registry.hpp"

namespace allocators {

constinit const Allocator kNone = {
    .name = "none",
    .alias = "",
    .summary = "whatever serves malloc already; figures of such a build mean nothing",
    .delivery = Delivery::kBuiltIn,
};

}  // namespace allocators
