#include "allocators/tuning.hpp"

#include <algorithm>
#include <array>

namespace allocators {
namespace {

constexpr std::string_view kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
constexpr std::string_view kSmall = "abcdefghijklmnopqrstuvwxyz_0123456789";

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

// Digits may not come first.
bool is_of(std::string_view text, std::string_view characters) {
  return !text.empty() && (text.front() < '0' || text.front() > '9') &&
         text.find_first_not_of(characters) == std::string_view::npos;
}

bool is_option(std::string_view name) { return is_of(name, kSmall); }

// Lists of allocators are separated by ',', settings by ';', segments of names by '/'.
bool is_value_character(char c) { return c > ' ' && c <= '~' && c != ',' && c != ';' && c != '/'; }

std::string_view name_of(std::string_view variable) {
  return variable.substr(0, variable.find('='));
}

std::string joined(std::span<const std::string_view> prefixes) {
  std::string text;
  for (const std::string_view prefix : prefixes) {
    if (!text.empty()) text += " or ";
    text += prefix;
  }
  return text;
}

// Why a setting's name is none of the allocator's; empty: it is one.
std::string why_no_name(const Allocator& allocator, std::string_view name) {
  const std::string owner(allocator.name);
  if (is_option(name)) {
    return allocator.options.variable.empty() ? owner + " has no options, so no " + quoted(name)
                                              : "";
  }
  if (!is_of(name, kCapitals)) {
    return quoted(name) + " is neither a variable in capitals nor an option in small letters";
  }
  const bool known = std::ranges::any_of(
      allocator.knob_prefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
  return known ? ""
               : quoted(name) + " does not tune " + owner + ", whose variables begin with " +
                     joined(allocator.knob_prefixes);
}

std::string why_no_value(const Allocator& allocator, const Setting& setting) {
  if (setting.value.empty()) return quoted(setting.name) + " has no value";
  if (!std::ranges::all_of(setting.value, is_value_character)) {
    return "the value of " + quoted(setting.name) +
           " has a character that is not printable, or one of ,;/";
  }
  const char separator = allocator.options.separator;
  if (is_option(setting.name) && separator != 0 &&
      setting.value.find(separator) != std::string::npos) {
    return "the value of " + quoted(setting.name) + " has a " + quoted({&separator, 1}) +
           ", which separates options in " + std::string(allocator.options.variable);
  }
  return {};
}

// The variable that a setting goes to.
std::string variable_of(const Allocator& allocator, const std::string& name) {
  if (!is_option(name)) return name;
  std::string variable(allocator.options.variable);
  if (allocator.options.separator != 0) return variable;
  std::ranges::transform(name, std::back_inserter(variable), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return variable;
}

// Options share their variable; nothing else does. The settings are sorted, capitals first.
std::string why_set_twice(const Allocator& allocator, const std::vector<Setting>& settings) {
  std::map<std::string, const Setting*> by_variable;
  for (const Setting& setting : settings) {
    const std::string variable = variable_of(allocator, setting.name);
    const auto [known, is_new] = by_variable.emplace(variable, &setting);
    if (is_new) continue;
    const bool shared = allocator.options.separator != 0 && is_option(known->second->name) &&
                        known->second->name != setting.name;
    if (!shared) return quoted(variable) + " is set twice";
    known->second = &setting;
  }
  return {};
}

void add_option(std::string& value, const Options& options, const Setting& setting) {
  if (value.empty()) value = options.first;
  if (!value.empty()) value += options.separator;
  value.append(options.prefix).append(setting.name).append(1, options.assign).append(setting.value);
}

}  // namespace

Checked<std::vector<Setting>> parse_settings(const Allocator& allocator, std::string_view text) {
  std::vector<Setting> settings;
  while (true) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view each = text.substr(0, end);
    const std::size_t equals = std::min(each.find('='), each.size());
    Setting setting{std::string(each.substr(0, equals)),
                    std::string(each.substr(std::min(equals + 1, each.size())))};
    for (const std::string& why :
         {why_no_name(allocator, setting.name), why_no_value(allocator, setting)}) {
      if (!why.empty()) return Reason{why};
    }
    settings.push_back(std::move(setting));
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  std::ranges::sort(settings, {}, &Setting::name);
  const std::string twice = why_set_twice(allocator, settings);
  if (!twice.empty()) return Reason{twice};
  return settings;
}

std::string settings_text(const std::vector<Setting>& settings) {
  std::string text;
  for (const Setting& setting : settings) {
    if (!text.empty()) text += ';';
    text += setting.name + "=" + setting.value;
  }
  return text;
}

Variables variables_of(const Choice& choice) {
  Variables variables;
  if (choice.preset != nullptr) {
    for (const Knob& knob : choice.preset->knobs) variables.emplace(knob.variable, knob.value);
  }
  for (const Setting& setting : choice.settings) {
    std::string& value = variables[variable_of(*choice.allocator, setting.name)];
    if (is_option(setting.name) && choice.allocator->options.separator != 0) {
      add_option(value, choice.allocator->options, setting);
    } else {
      value = setting.value;
    }
  }
  return variables;
}

bool tunes_an_allocator(std::string_view name) {
  constexpr std::array<std::string_view, 5> kOthers = {"GLIBC_TUNABLES", "SCUDO_", "GWP_ASAN_",
                                                       "TBB_", "LD_PRELOAD"};
  return name.find("MALLOC") != std::string_view::npos ||
         std::ranges::any_of(kOthers, [&](auto other) { return name.starts_with(other); });
}

Variables tuning_in(const std::vector<std::string>& environment) {
  Variables variables;
  for (const std::string& variable : environment) {
    const std::string_view name = name_of(variable);
    if (!tunes_an_allocator(name) || name.size() == variable.size()) continue;
    variables.emplace(name, variable.substr(name.size() + 1));
  }
  return variables;
}

}  // namespace allocators
