#include "bench/report/cell_name.hpp"

#include <algorithm>
#include <charconv>
#include <variant>
#include <vector>

#include "bench/cells/axes.hpp"

namespace bench::report {

namespace {

constexpr std::string_view kScenario = "purge";

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

std::uint64_t words_of_one_literal(const cells::CellSpec& spec) {
  return spec.module.empty() ? spec.term_words : 1;
}

// The N of held:N.
std::uint64_t held_words(const cells::CellSpec& spec) {
  return spec.held_words != 0 ? spec.held_words : words_of_one_literal(spec);
}

std::string text_of(const std::string& word) { return word; }
std::string text_of(std::uint64_t count) { return std::to_string(count); }
std::string text_of(const std::vector<std::uint64_t>& counts) { return joined(counts); }

bool read_value(std::string_view text, std::string& word) {
  word = unescaped(text);
  return true;
}
bool read_value(std::string_view text, std::uint64_t& count) { return read_count(text, count); }
bool read_value(std::string_view text, std::vector<std::uint64_t>& counts) {
  return read_counts(text, counts);
}

bool read_segment(std::string_view segment, cells::CellSpec& spec) {
  const std::size_t colon = segment.find(':');
  if (colon == std::string_view::npos) return false;
  const auto axis =
      std::ranges::find(cells::cell_axes(), segment.substr(0, colon), &cells::Axis::segment);
  if (axis == cells::cell_axes().end()) return false;
  const auto value = segment.substr(colon + 1);
  const bool read =
      std::visit([&](auto member) { return read_value(value, spec.*member); }, axis->member);
  if (axis->of_area == cells::OfArea::kModule) spec.module_label = spec.module;
  return read;
}

// The spec in the form its name gives.
cells::CellSpec named(cells::CellSpec spec) {
  spec.held_words = held_words(spec);
  if (!spec.module.empty()) spec.module = module_name(spec);
  return spec;
}

// Everything after strategy and allocator.
std::string axes_name(const cells::CellSpec& spec) {
  const cells::CellSpec shown = named(spec);
  std::string name;
  for (const auto place : {cells::InName::kOfArea, cells::InName::kOfProcesses,
                           cells::InName::kShape, cells::InName::kService, cells::InName::kRest}) {
    const bool always = place < cells::InName::kService;
    for (const cells::Axis* const axis : cells::axes_in_name(place)) {
      if (!cells::speaks_of(*axis, spec) || (!always && cells::at_default(*axis, spec))) continue;
      std::visit([&](auto member) { append(name, axis->segment, text_of(shown.*member)); },
                 axis->member);
    }
  }
  return name;
}

std::vector<SettingAxis> make_setting_axes() {
  std::vector<SettingAxis> settings;
  for (const cells::Axis* const axis : cells::axes_in_name(cells::InName::kService))
    settings.push_back({axis->segment, std::get<std::string cells::CellSpec::*>(axis->member)});
  return settings;
}

}  // namespace

std::span<const SettingAxis> setting_axes() {
  static const auto kAxes = make_setting_axes();
  return kAxes;
}

bool holds_one_literal(const cells::CellSpec& spec) {
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

std::string module_name(const cells::CellSpec& spec) {
  return spec.module_label.empty() ? module_stem(spec.module) : spec.module_label;
}

std::string scenario_name(const cells::CellSpec& spec) {
  cells::CellSpec bare = spec;
  for (const auto& axis : setting_axes()) bare.*axis.value = cells::CellSpec().*axis.value;
  return axes_name(bare);
}

std::string cell_name(const cells::CellSpec& spec) {
  std::string name(kScenario);
  for (const auto& segment : {spec.strategy, spec.allocator}) name += "/" + escaped(segment);
  return name + "/" + axes_name(spec);
}

std::optional<cells::CellSpec> parse_cell_name(std::string_view name) {
  const auto segments = split(name, '/');
  if (segments.size() < 4 || segments[0] != kScenario) return std::nullopt;
  cells::CellSpec spec;
  spec.strategy = unescaped(segments[1]);
  spec.allocator = unescaped(segments[2]);
  for (std::size_t i = 3; i < segments.size(); ++i) {
    if (!read_segment(segments[i], spec)) return std::nullopt;
  }
  if (cell_name(spec) != name) return std::nullopt;
  return spec;
}

}  // namespace bench::report
