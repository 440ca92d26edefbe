#include "bench/report/cell_name.hpp"

#include <charconv>
#include <vector>

namespace bench {

namespace {

constexpr std::string_view kScenario = "purge";

// Axes that are in a name only where they differ from the default, as kSettingAxes are.
struct CountAxis {
  std::string_view name;
  std::uint64_t CellSpec::*value;
};
constexpr std::array<CountAxis, 5> kCountAxes = {
    {{"touch", &CellSpec::touch_pages},
     {"rounds", &CellSpec::rounds},
     {"schedulers", &CellSpec::schedulers},
     {"seed", &CellSpec::seed},
     {"literal-space", &CellSpec::literal_space_bytes}}};

// The axes that are always there.
constexpr std::array<CountAxis, 2> kAreaAxes = {
    {{"area", &CellSpec::area_words}, {"term", &CellSpec::term_words}}};
constexpr std::array<CountAxis, 4> kProcessAxes = {{{"held", &CellSpec::held_words},
                                                    {"holders", &CellSpec::holders},
                                                    {"bystanders", &CellSpec::bystanders},
                                                    {"heap", &CellSpec::heap_words}}};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '/') {
      out += "%2F";
    } else if (c == '%') {
      out += "%25";
    } else {
      out += c;
    }
  }
  return out;
}

std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const bool slash = text.starts_with("%2F");
    const bool coded = slash || text.starts_with("%25");
    if (coded) {
      out += slash ? '/' : '%';
    } else {
      out += text.front();
    }
    text.remove_prefix(coded ? 3 : 1);
  }
  return out;
}

void append(std::string& name, std::string_view axis, const std::string& value) {
  if (!name.empty()) name += '/';
  name += axis;
  name += ':';
  name += escaped(value);
}

std::string joined(const std::vector<std::uint64_t>& numbers) {
  std::string text;
  for (const auto number : numbers) {
    if (!text.empty()) text += ',';
    text += std::to_string(number);
  }
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

bool read_count(std::string_view text, std::uint64_t& value) {
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  return read.ec == std::errc() && read.ptr == end;
}

bool read_counts(std::string_view text, std::vector<std::uint64_t>& values) {
  values.clear();
  for (const auto part : split(text, ',')) {
    if (!read_count(part, values.emplace_back())) return false;
  }
  return true;
}

std::uint64_t words_of_one_literal(const CellSpec& spec) {
  return spec.module.empty() ? spec.term_words : 1;
}

// What held:N says.
std::uint64_t held_words(const CellSpec& spec) {
  return spec.held_words != 0 ? spec.held_words : words_of_one_literal(spec);
}

template <class Axes>
bool read_axis(const Axes& axes, std::string_view name, std::string_view value, CellSpec& spec) {
  for (const auto& axis : axes) {
    if (axis.name == name) return read_count(value, spec.*axis.value);
  }
  return false;
}

bool read_segment(std::string_view segment, CellSpec& spec) {
  const std::size_t colon = segment.find(':');
  if (colon == std::string_view::npos) return false;
  const auto name = segment.substr(0, colon);
  const auto value = segment.substr(colon + 1);
  if (name == "settle") return read_counts(value, spec.settle_ms);
  if (name == "shape") spec.shape = unescaped(value);
  if (name == "module") spec.module = spec.module_label = unescaped(value);
  if (name == "shape" || name == "module") return true;
  for (const auto& axis : kSettingAxes) {
    if (axis.name != name) continue;
    spec.*axis.value = unescaped(value);
    return true;
  }
  return read_axis(kAreaAxes, name, value, spec) || read_axis(kProcessAxes, name, value, spec) ||
         read_axis(kCountAxes, name, value, spec);
}

// Everything behind strategy and allocator.
std::string axes_name(const CellSpec& spec) {
  const CellSpec defaults;
  std::string name;
  if (!spec.module.empty()) append(name, "module", module_name(spec));
  if (spec.module.empty()) {
    for (const auto& axis : kAreaAxes) append(name, axis.name, std::to_string(spec.*axis.value));
  }
  CellSpec shown = spec;
  shown.held_words = held_words(spec);
  for (const auto& axis : kProcessAxes) append(name, axis.name, std::to_string(shown.*axis.value));
  if (spec.module.empty()) append(name, "shape", spec.shape);
  for (const auto& axis : kSettingAxes) {
    if (spec.*axis.value != defaults.*axis.value) append(name, axis.name, spec.*axis.value);
  }
  for (const auto& axis : kCountAxes) {
    if (spec.*axis.value == defaults.*axis.value) continue;
    append(name, axis.name, std::to_string(spec.*axis.value));
  }
  if (spec.settle_ms != defaults.settle_ms) append(name, "settle", joined(spec.settle_ms));
  return name;
}

}  // namespace

bool holds_one_literal(const CellSpec& spec) {
  return held_words(spec) == words_of_one_literal(spec);
}

std::string module_stem(const std::string& path) {
  constexpr std::string_view kSuffix = ".beam";
  std::string stem = path.substr(path.rfind('/') + 1);
  if (stem.size() > kSuffix.size() && stem.ends_with(kSuffix)) {
    stem.resize(stem.size() - kSuffix.size());
  }
  return stem;
}

std::string module_name(const CellSpec& spec) {
  return spec.module_label.empty() ? module_stem(spec.module) : spec.module_label;
}

std::string scenario_name(const CellSpec& spec) {
  CellSpec bare = spec;
  for (const auto& axis : kSettingAxes) bare.*axis.value = CellSpec().*axis.value;
  return axes_name(bare);
}

std::string cell_name(const CellSpec& spec) {
  std::string name(kScenario);
  for (const auto& segment : {spec.strategy, spec.allocator}) name += "/" + escaped(segment);
  return name + "/" + axes_name(spec);
}

std::optional<CellSpec> parse_cell_name(std::string_view name) {
  const auto segments = split(name, '/');
  if (segments.size() < 4 || segments[0] != kScenario) return std::nullopt;
  CellSpec spec;
  spec.strategy = unescaped(segments[1]);
  spec.allocator = unescaped(segments[2]);
  for (std::size_t i = 3; i < segments.size(); ++i) {
    if (!read_segment(segments[i], spec)) return std::nullopt;
  }
  if (cell_name(spec) != name) return std::nullopt;
  return spec;
}

}  // namespace bench
