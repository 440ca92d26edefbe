// scudo, Android's hardened allocator, as LLVM's runtime libraries carry it. It exports neither a
// version nor figures a program could read, nor a function that gives memory back.
#include <array>

#include "allocators/registry.hpp"

namespace allocators {
namespace {

constexpr std::array<std::string_view, 1> kSonames = {"libclang_rt.scudo_standalone-x86_64.so"};
// Clang finds its runtime libraries without the loader, one directory for each release.
constexpr std::array<std::string_view, 1> kFiles = {
    "/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.scudo_standalone-x86_64.so"};
// As kFiles, the newest first.
constexpr std::array<std::string_view, 4> kPackages = {"libclang-rt-19-dev", "libclang-rt-18-dev",
                                                       "libclang-rt-16-dev", "libclang-rt-14-dev"};
constexpr std::array<std::string_view, 1> kKnobPrefixes = {"SCUDO_"};

constexpr std::array<Knob, 1> kRelease0 = {{{"SCUDO_OPTIONS", "release_to_os_interval_ms=0"}}};
constexpr std::array<Knob, 1> kKeep = {{{"SCUDO_OPTIONS", "release_to_os_interval_ms=-1"}}};
constexpr std::array<Preset, 2> kPresets = {{
    {"release0", "unused pages go back to the kernel at once instead of every 5 s", kRelease0},
    {"keep", "unused pages are kept", kKeep},
}};

}  // namespace

constinit const Allocator kScudo = {
    .name = "scudo",
    .alias = "",
    .summary = "Android's hardened allocator, of LLVM",
    .sonames = kSonames,
    .files = kFiles,
    .packages = kPackages,
    .knob_prefixes = kKnobPrefixes,
    .options = {.variable = "SCUDO_OPTIONS", .separator = ':'},
    .presets = kPresets,
};

}  // namespace allocators
