// The axes of a run: what `run` varies, as lists. Every combination of their values is a cell.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "allocators/registry.hpp"
#include "bench/report/numbers.hpp"
#include "bench/report/outcome.hpp"

namespace bench {

// One flag of `run`, for the command line and its help.
struct Flag {
  std::string_view name;  // with its dashes
  std::string_view type;  // of the value, in help; of a list it ends in ",.."
  std::string_view help;
  std::optional<Range> numbers = std::nullopt;  // that it takes; nothing: it takes words
};

// Of the flag with this name, which takes numbers.
[[nodiscard]] Range range_of(std::span<const Flag> flags, std::string_view name) noexcept;

// The flags whose lists span the matrix, in the order of help.
[[nodiscard]] std::span<const Flag> axis_flags() noexcept;

// What was typed: the flag's name with its dashes, and its value; lists are still one text.
using TypedFlags = std::map<std::string, std::string, std::less<>>;

struct Axes {
  std::vector<std::string> strategies = {"otp"};
  // As allocators::Choice::text() has them.
  std::vector<std::string> allocators = {std::string(::allocators::default_allocator().name)};
  std::vector<std::string> blocks = {"malloc"};
  std::vector<std::string> temps = {"kept"};
  std::vector<std::string> thps = {"system"};
  // FILE or NAME=FILE (module_names.hpp). When there are any, area_words, term_words and shapes
  // mean nothing.
  std::vector<std::string> modules = {};
  std::vector<std::string> shapes = {"records"};
  std::vector<std::uint64_t> area_words = {100000};
  std::vector<std::uint64_t> term_words = {28};
  std::vector<std::uint64_t> held_words = {0};  // 0: one literal
  std::vector<std::uint64_t> holders = {100};
  std::vector<std::uint64_t> bystanders = {100};
  std::vector<std::uint64_t> heap_words = {0};
  std::vector<std::uint64_t> touch_pages = {0};
  std::vector<std::uint64_t> schedulers = {1};
  // No axis, but a preset's own readings; empty: the run's. --settle replaces them.
  std::vector<std::uint64_t> settle_ms = {};
};

// `base` with the lists that were typed in place of its own. Values keep their order; allocators
// are named canonically. A failure names the flag: an unknown word, a number that is none or is out
// of range, a value given twice, or --module beside what it replaces.
[[nodiscard]] Outcome<Axes> apply_flags(const TypedFlags& typed, Axes base);

// Whether any of the typed flags is an axis.
[[nodiscard]] bool names_an_axis(const TypedFlags& typed);

}  // namespace bench
