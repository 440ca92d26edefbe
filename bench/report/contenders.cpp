#include "bench/report/contenders.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "bench/report/text_table.hpp"

namespace bench::report {

namespace {

std::string short_name(const std::string& allocator) {
  return allocator.substr(allocator.rfind('/') + 1);
}

void append(std::string& text, const SettingAxis& axis, const cells::CellSpec& spec) {
  if (!text.empty()) text += ' ';
  text += fmt::format("{}:{}", axis.name, printable(spec.*axis.value));
}

// Cells with the same key are one contender.
std::string key_of(cells::CellSpec spec) {
  if (!allocator_serves(spec)) spec.allocator.clear();
  return cell_name(spec);
}

}  // namespace

bool allocator_serves(const cells::CellSpec& spec) {
  return spec.blocks == "malloc" || spec.temp == "malloc";
}

std::string settings_text(const cells::CellSpec& spec) {
  const cells::CellSpec defaults;
  std::string text;
  for (const SettingAxis& axis : setting_axes()) {
    if (spec.*axis.value != defaults.*axis.value) append(text, axis, spec);
  }
  return text;
}

ContenderNames::ContenderNames(const Cells& cells) {
  for (const MeasuredCell* const cell : cells) {
    allocators_.insert(cell->spec.allocator);
    for (const SettingAxis& axis : setting_axes())
      values_[axis.name].insert(cell->spec.*axis.value);
  }
}

std::string ContenderNames::allocator(const cells::CellSpec& spec) const {
  const std::string name = short_name(spec.allocator);
  const bool alike = std::ranges::any_of(allocators_, [&](const std::string& other) {
    return other != spec.allocator && short_name(other) == name;
  });
  return printable(alike ? spec.allocator : name);
}

bool ContenderNames::varies(const SettingAxis& axis) const {
  const auto values = values_.find(axis.name);
  return values != values_.end() && values->second.size() > 1;
}

std::string ContenderNames::shared(const cells::CellSpec& spec) const {
  const cells::CellSpec defaults;
  std::string text;
  for (const SettingAxis& axis : setting_axes()) {
    if (!varies(axis) && spec.*axis.value != defaults.*axis.value) append(text, axis, spec);
  }
  return text.empty() ? text : "; " + text;
}

std::string ContenderNames::of(const cells::CellSpec& spec) const {
  std::string settings;
  for (const SettingAxis& axis : setting_axes()) {
    if (varies(axis)) append(settings, axis, spec);
  }
  if (!allocator_serves(spec)) return settings.empty() ? settings_text(spec) : settings;
  if (settings.empty()) return allocator(spec);
  return allocators_.size() > 1 ? allocator(spec) + " " + settings : settings;
}

std::vector<Contender> contenders_of(const Cells& cells, const ContenderNames& names) {
  std::vector<Contender> contenders;
  std::map<std::string, std::size_t> contender_at;
  for (const MeasuredCell* const cell : cells) {
    if (cell->ran.empty()) continue;
    const auto [at, fresh] = contender_at.try_emplace(key_of(cell->spec), contenders.size());
    if (fresh) {
      contenders.push_back({names.of(cell->spec), *cell});
    } else {
      auto& ran = contenders[at->second].cell.ran;
      ran.insert(ran.end(), cell->ran.begin(), cell->ran.end());
    }
  }
  return contenders;
}

std::string describe(const MeasuredScenario& scenario) {
  Cells cells;
  for (const MeasuredCell& cell : scenario.cells) cells.push_back(&cell);
  return describe(scenario.spec(), scenario.any_result()) +
         ContenderNames(cells).shared(scenario.spec());
}

std::string unserved_sentences(const Cells& cells) {
  std::map<std::string, std::set<std::string>> allocators;  // by who serves instead
  for (const MeasuredCell* const cell : cells) {
    if (cell->ran.empty() || cell->spec.blocks == "malloc") continue;
    const bool copies = allocator_serves(cell->spec);
    std::string text = fmt::format("With blocks:{}", printable(cell->spec.blocks));
    text += copies ? " temp:malloc allocators serve the temporary copies alone."
                   : " no allocator serves any of what a purge asks for: cells that differ in the "
                     "allocator alone differ by chance, are not ranked, and count as one.";
    allocators[text].insert(cell->spec.allocator);
  }
  std::string sentences;
  for (const auto& [text, names] : allocators) {
    if (names.size() < 2) continue;
    if (!sentences.empty()) sentences += ' ';
    sentences += text;
  }
  return sentences;
}

}  // namespace bench::report
