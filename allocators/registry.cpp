#include "allocators/registry.hpp"

#include <algorithm>
#include <array>

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

}  // namespace

std::span<const Allocator* const> registry() noexcept { return kRegistry; }

const Allocator& default_allocator() noexcept { return *kRegistry.front(); }

std::string Choice::text() const {
  if (allocator == nullptr) return path;
  std::string text(allocator->name);
  if (preset != nullptr) text.append(":").append(preset->name);
  return text;
}

std::string Choice::label() const {
  if (allocator != nullptr) return text();
  return path.substr(path.find_last_of('/') + 1);
}

Checked<Choice> parse_choice(std::string_view text) {
  if (text.find('/') != std::string_view::npos) {
    if (!kCanPreload)
      return Reason{"nothing can be preloaded in a sanitizer build, so not " + quoted(text)};
    if (text.back() == '/') return Reason{quoted(text) + " is a directory, not a library"};
    return Choice{nullptr, nullptr, std::string(text)};
  }
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  const auto found = std::ranges::find_if(kRegistry, [&](const Allocator* each) {
    return !name.empty() && (each->name == name || each->alias == name);
  });
  if (found == kRegistry.end()) {
    return Reason{"no allocator is called " + quoted(name) + " (there are " + names_of(kRegistry) +
                  ", and any library by a path with a '/')"};
  }
  if (colon == std::string_view::npos) return Choice{*found, nullptr, {}};
  return parse_preset(**found, text.substr(colon + 1));
}

}  // namespace allocators
