#include "allocators/registry.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "allocators/tuning.hpp"
#include "engine/base/result.hpp"

namespace allocators {
namespace {

#ifdef PURGEBENCH_SANITIZED
constexpr std::array<const Allocator*, 1> kRegistry = {&kNone};
#else
constexpr std::array<const Allocator*, 6> kRegistry = {&kGlibc,    &kMimalloc, &kJemalloc,
                                                       &kTcmalloc, &kScudo,    &kTbb};
#endif

template <class Range>
std::string names_of(const Range& range) {
  std::string names;
  for (const auto& each : range) {
    if (!names.empty()) names += ", ";
    if constexpr (requires { each->name; }) {
      names += each->name;
    } else {
      names += each.name;
    }
  }
  return names;
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

Checked<Choice> parse_preset(const Allocator& allocator, std::string_view name) {
  const auto found = std::ranges::find(allocator.presets, name, &Preset::name);
  if (found != allocator.presets.end()) return Choice{&allocator, &*found, {}};
  const std::string owner(allocator.name);
  if (allocator.presets.empty()) return Reason{owner + " has no presets, so no " + quoted(name)};
  return Reason{owner + " has no preset " + quoted(name) + " (it has " +
                names_of(allocator.presets) + ")"};
}

const Allocator* find_allocator(std::string_view name) {
  const auto found = std::ranges::find_if(kRegistry, [&](const Allocator* each) {
    return !name.empty() && (each->name == name || each->alias == name);
  });
  return found == kRegistry.end() ? nullptr : *found;
}

Checked<Choice> parse_name(std::string_view name) {
  if (const Allocator* const found = find_allocator(name)) return Choice{found, nullptr, {}};
  return Reason{"no allocator is called " + quoted(name) + " (there are " + names_of(kRegistry) +
                ", and any library by a path with a '/')"};
}

// `text` is all that was typed.
Checked<Choice> parse_path(std::string_view text, std::string_view path) {
  if (!kCanPreload)
    return Reason{"nothing can be preloaded in a sanitizer build, so not " + quoted(text)};
  if (path.find('/') == std::string_view::npos)
    return Reason{"the path in " + quoted(text) + " has no '/'"};
  if (path.back() == '/') return Reason{quoted(path) + " is a directory, not a library"};
  return Choice{nullptr, nullptr, std::string(path)};
}

Checked<Choice> parse_tuned(std::string_view name, std::string_view tuning) {
  BEAM_TRY(Choice choice, parse_name(name));
  const Allocator& allocator = *choice.allocator;
  if (tuning.find('=') == std::string_view::npos) return parse_preset(allocator, tuning);
  auto settings = parse_settings(allocator, tuning);
  if (!settings)
    return Reason{settings.reason() + " (in " + std::string(name) + ":" + std::string(tuning) +
                  ")"};
  choice.settings = std::move(settings.value());
  return choice;
}

}  // namespace

std::span<const Allocator* const> registry() noexcept { return kRegistry; }

const Allocator& default_allocator() noexcept { return *kRegistry.front(); }

std::string Choice::text() const {
  if (allocator == nullptr) return given_name.empty() ? path : given_name + "=" + path;
  std::string text(allocator->name);
  if (preset != nullptr) text.append(":").append(preset->name);
  if (!settings.empty()) text.append(":").append(settings_text(settings));
  return text;
}

std::string Choice::name() const { return given_name.empty() ? text() : given_name; }

std::string Choice::label() const {
  if (allocator != nullptr || !given_name.empty()) return name();
  return path.substr(path.find_last_of('/') + 1);
}

Checked<Choice> parse_choice(std::string_view text) {
  const std::size_t mark = text.find_first_of("/:=");
  const std::string_view before = text.substr(0, mark);
  if (mark == std::string_view::npos) return parse_name(text);
  if (text[mark] == '/') return parse_path(text, text);
  const std::string_view behind = text.substr(mark + 1);
  if (text[mark] == ':') return parse_tuned(before, behind);
  if (find_allocator(before) != nullptr)
    return Reason{quoted(before) + " is an allocator's own name, so no library can be given it"};
  if (!is_given_name(before)) {
    return Reason{quoted(before) +
                  " is no name for a library, which is of letters, digits and ._+- (a path "
                  "with a '=' can begin with ./)"};
  }
  BEAM_TRY(Choice choice, parse_path(text, behind));
  choice.given_name = before;
  return choice;
}

bool is_given_name(std::string_view text) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !text.empty() && is_plain(text.front()) && std::ranges::all_of(text, [&](char c) {
    return is_plain(c) || std::string_view("._+-").find(c) != std::string_view::npos;
  });
}

}  // namespace allocators
