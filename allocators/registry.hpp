// The allocators a cell can run under, and how one of them is named on a command line.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

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
  const Preset* preset = nullptr;        // null: untuned, or by settings
  std::string path;                      // as given; empty for a registered one
  std::vector<Setting> settings = {};    // sorted by name; empty beside a preset or a path
  std::string given_name = {};           // of a path; empty: none was given

  // What parse_choice reads back as this choice.
  [[nodiscard]] std::string text() const;
  // What results are called by: the given name, or text(). A '/' in it makes it a path.
  [[nodiscard]] std::string name() const;
  // The same without '/': of a path its file name.
  [[nodiscard]] std::string label() const;
};

// The first '/', ':' or '=' of the text says what it is:
//   '/'   the path of a library, whatever follows
//   ':'   NAME:PRESET or NAME:VAR=VALUE[;VAR=VALUE..] (tuning.hpp)
//   '='   GIVEN_NAME=PATH, where the path has a '/'
// and without any it is a name or an alias. Any path is accepted here.
[[nodiscard]] Checked<Choice> parse_choice(std::string_view text);

// Whether a library or a module may be given this name: letters, digits and . _ + - of which the
// first is a letter or a digit.
[[nodiscard]] bool is_given_name(std::string_view text);

}  // namespace allocators
