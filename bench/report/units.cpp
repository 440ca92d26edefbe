#include "bench/report/units.hpp"

#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

namespace bench::report {

namespace {

constexpr double kKib = 1024;

// Three significant digits, without an exponent: 8.01, 42.3, 850.
std::string three_digits(double value) {
  const double size = std::abs(value);
  if (size < 9.995) return fmt::format("{:.2f}", value);
  if (size < 99.95) return fmt::format("{:.1f}", value);
  return fmt::format("{:.0f}", value);
}

// `value` in the smallest unit in which it is below `step`.
std::string scaled(double value, double step, std::string_view smallest,
                   const std::array<std::string_view, 3>& larger) {
  if (std::abs(value) < step) return fmt::format("{:.0f} {}", value, smallest);
  std::string_view unit;
  for (const auto name : larger) {
    value /= step;
    unit = name;
    if (std::abs(value) < step * 0.9995) break;
  }
  return fmt::format("{} {}", three_digits(value), unit);
}

}  // namespace

std::string format_count(std::uint64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string format_ns(double ns) { return scaled(ns, 1000, "ns", {"us", "ms", "s"}); }

std::string format_bytes(double bytes) { return scaled(bytes, kKib, "B", {"KiB", "MiB", "GiB"}); }

std::string format_growth(double bytes) {
  if (std::abs(bytes) < static_cast<double>(kResolutionBytes)) return "<0.25 MiB";
  return format_bytes(bytes);
}

std::string format_ratio(double ratio) { return "x" + three_digits(ratio); }

std::string format_value(cells::MeasureUnit unit, double value) {
  switch (unit) {
    case cells::MeasureUnit::kBytes:
      return format_bytes(value);
    case cells::MeasureUnit::kNs:
      return format_ns(value);
    case cells::MeasureUnit::kRatio:
      return fmt::format("{:.2f}", value);
    case cells::MeasureUnit::kCount:
      break;
  }
  return format_count(static_cast<std::uint64_t>(value));
}

std::string_view unit_name(cells::MeasureUnit unit) {
  switch (unit) {
    case cells::MeasureUnit::kBytes:
      return "bytes";
    case cells::MeasureUnit::kNs:
      return "ns";
    case cells::MeasureUnit::kRatio:
      return "ratio";
    case cells::MeasureUnit::kCount:
      break;
  }
  return "count";
}

}  // namespace bench::report
