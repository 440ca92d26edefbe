#include "bench/matrix/axes.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "allocators/elf_file.hpp"
#include "allocators/registry.hpp"
#include "bench/matrix/values.hpp"
#include "bench/report/nearest_name.hpp"
#include "engine/base/result.hpp"

namespace bench::matrix {
namespace {

using Words = std::vector<std::string>;
using Numbers = std::vector<std::uint64_t>;

// Every name of an allocator or a tuned allocator.
Words allocator_names() {
  Words names;
  for (const auto* const each : ::allocators::registry()) {
    names.emplace_back(each->name);
    if (!each->alias.empty()) names.emplace_back(each->alias);
    for (const auto& preset : each->presets)
      names.push_back(std::string(each->name) + ":" + std::string(preset.name));
  }
  return names;
}

Failure unknown_allocator(std::string_view flag, std::string_view value,
                          const std::string& reason) {
  const Words names = allocator_names();
  const std::vector<std::string_view> known(names.begin(), names.end());
  return Failure{std::string(flag) + ": " + reason + report::did_you_mean(value, known)};
}

// A path to a file that is not a library is a typing error. Whether the loader accepts the library
// shows in its cell.
Outcome<Done> check_library(std::string_view flag, const ::allocators::Choice& choice) {
  if (choice.allocator != nullptr) return Done{};
  const std::string why = ::allocators::why_not_elf(choice.path);
  if (why.empty()) return Done{};
  return Failure{std::string(flag) + " " + choice.path + ": " + why};
}

Outcome<Words> parse_allocators(std::string_view flag, std::string_view text) {
  BEAM_TRY(auto list, parse_list(flag, text));
  Words names;
  Words choices;
  for (const std::string& value : list) {
    const auto choice = ::allocators::parse_choice(value);
    if (!choice) return unknown_allocator(flag, value, choice.reason());
    BEAM_CHECK(check_library(flag, choice.value()));
    std::string name = choice.value().name();
    if (std::ranges::find(names, name) != names.end()) {
      return Failure{std::string(flag) + " names " + name + " twice"};
    }
    names.push_back(std::move(name));
    choices.push_back(choice.value().text());
  }
  return choices;
}

// The values of one axis.
Outcome<Words> parse_values(const cells::Axis& axis, const std::string& text, const Words& /*as*/) {
  if (axis.words != nullptr) return parse_words(axis.flag, text, axis.words());
  const bool allocator = axis.member == cells::Axis::Member(&cells::CellSpec::allocator);
  return allocator ? parse_allocators(axis.flag, text) : parse_list(axis.flag, text);
}
Outcome<Numbers> parse_values(const cells::Axis& axis, const std::string& text,
                              const Numbers& /*as*/) {
  return parse_numbers(axis.flag, text, axis.numbers);
}

// The flags that --module replaces.
Outcome<Done> check_conflict(const TypedFlags& typed) {
  if (!typed.contains(cells::axis_of(&cells::CellSpec::module).flag)) return Done{};
  for (const cells::Axis& axis : cells::cell_axes()) {
    if (axis.of_area == cells::OfArea::kSynthetic && typed.contains(axis.flag))
      return Failure{fmt::format("--module brings its own area, so it excludes {}", axis.flag)};
  }
  return Done{};
}

Outcome<Done> apply_flag(const cells::Axis& axis, const std::string& text, Axes::List& list) {
  return std::visit(
      [&](auto& values) -> Outcome<Done> {
        BEAM_TRY(values, parse_values(axis, text, values));
        return Done{};
      },
      list);
}

std::vector<Flag> make_axis_flags() {
  std::vector<Flag> flags;
  for (const cells::Axis& axis : cells::cell_axes()) {
    if (!axis.of_run) flags.push_back(flag_of(axis));
  }
  return flags;
}

}  // namespace

Flag flag_of(const cells::Axis& axis) {
  const bool words = std::holds_alternative<std::string cells::CellSpec::*>(axis.member);
  return {axis.flag, axis.type, axis.help,
          words ? std::nullopt : std::optional<cells::Range>(axis.numbers)};
}

Axes::Axes() {
  const cells::CellSpec defaults;
  for (const cells::Axis& axis : cells::cell_axes()) {
    if (axis.of_run) continue;
    List& list = lists_[axis.flag];
    if (const auto* const word = std::get_if<std::string cells::CellSpec::*>(&axis.member)) {
      list = axis.of_area == cells::OfArea::kModule ? Words() : Words{defaults.**word};
    } else {
      list = Numbers{defaults.*std::get<std::uint64_t cells::CellSpec::*>(axis.member)};
    }
  }
  (*this)[&cells::CellSpec::allocator] = {std::string(::allocators::default_allocator().name)};
}

std::span<const Flag> axis_flags() {
  static const auto kFlags = make_axis_flags();
  return kFlags;
}

Outcome<Axes> apply_flags(const TypedFlags& typed, Axes base) {
  BEAM_CHECK(check_conflict(typed));
  for (const cells::Axis& axis : cells::cell_axes()) {
    const auto given = typed.find(axis.flag);
    if (axis.of_run || given == typed.end()) continue;
    BEAM_CHECK(apply_flag(axis, given->second, base.of(axis)));
  }
  if (typed.contains("--settle")) base.settle_ms.clear();
  return base;
}

bool names_an_axis(const TypedFlags& typed) {
  return std::ranges::any_of(axis_flags(),
                             [&](const Flag& flag) { return typed.contains(flag.name); });
}

}  // namespace bench::matrix
