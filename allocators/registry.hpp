// The allocators a cell can run under, and how one of them is named on a command line.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "allocators/allocator.hpp"
#include "allocators/checked.hpp"

namespace allocators {

extern const Allocator kGlibc;
extern const Allocator kMimalloc;
extern const Allocator kJemalloc;
extern const Allocator kTcmalloc;
extern const Allocator kScudo;
extern const Allocator kTbb;
extern const Allocator kNone;

// Nothing can be preloaded under a sanitizer: there `none` is all there is, and elsewhere it is
// not.
#ifdef PURGEBENCH_SANITIZED
inline constexpr bool kCanPreload = false;
#else
inline constexpr bool kCanPreload = true;
#endif

// All that this build can run, in the order in which they are listed.
[[nodiscard]] std::span<const Allocator* const> registry() noexcept;

// Which one a cell uses when nothing is said: glibc, or none under a sanitizer.
[[nodiscard]] const Allocator& default_allocator() noexcept;

// One allocator as asked for: a registered one, perhaps tuned, or any library by its path.
struct Choice {
  const Allocator* allocator = nullptr;  // null: a library given by path
  const Preset* preset = nullptr;        // null: untuned
  std::string path;                      // as given; empty for a registered one

  // `name`, `name:preset` or the path: what parse_choice reads back as this choice.
  [[nodiscard]] std::string text() const;
  // The same without '/': the path's file name.
  [[nodiscard]] std::string label() const;
};

// Text with a '/' is a path, and any path is accepted here; else it is a name or an alias, perhaps
// with `:preset`.
[[nodiscard]] Checked<Choice> parse_choice(std::string_view text);

}  // namespace allocators
