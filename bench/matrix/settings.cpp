#include "bench/matrix/settings.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "bench/cells/limits.hpp"
#include "bench/matrix/memory_guard.hpp"
#include "bench/matrix/presets.hpp"
#include "bench/matrix/values.hpp"
#include "engine/base/result.hpp"

namespace bench::matrix {
namespace {

constexpr Flag kMemoryBudget = {"--memory-budget", "BYTES",
                                "Skip cells that may need more, as 4GiB [70% of free]",
                                cells::kMemoryBudgetBytes};
constexpr Flag kTimeout = {"--timeout", "TIME",
                           "Kill a child that takes longer, in s or as 5min [120]",
                           cells::kTimeoutSeconds};
constexpr Flag kInvocationsFlag = {
    "--invocations", "N", "Fresh children per cell [the preset's, else 1]", cells::kInvocations};

std::array<Flag, 9> make_setting_flags() {
  return {{
      {"--preset", "NAME,..", "One of `purgebench list` [quick if no axis is named]"},
      flag_of(cells::axis_of(&cells::CellSpec::rounds)),
      kInvocationsFlag,
      flag_of(cells::axis_of(&cells::CellSpec::settle_ms)),
      flag_of(cells::axis_of(&cells::CellSpec::seed)),
      flag_of(cells::axis_of(&cells::CellSpec::literal_space_bytes)),
      kMemoryBudget,
      kTimeout,
      {"--benchmark_filter", "REGEX", "Only names that match; '-REGEX': the others"},
  }};
}

// Reads typed numbers into variables; keeps the first failure.
class Reader {
 public:
  explicit Reader(const TypedFlags& typed) : typed_(typed) {}

  void number(const Flag& flag, std::uint64_t& into) {
    read(flag.name, into,
         [&](auto name, auto& text) { return report::parse_number(name, text, *flag.numbers); });
  }
  void number(const Flag& flag, std::vector<std::uint64_t>& into) {
    read(flag.name, into,
         [&](auto name, auto& text) { return parse_numbers(name, text, *flag.numbers); });
  }
  void number(const Flag& /*flag*/, std::string& /*into*/) {}
  template <class Value, class Parse>
  void read(std::string_view flag, Value& into, Parse parse) {
    const auto typed = typed_.find(flag);
    if (typed == typed_.end() || !failure.sentence.empty()) return;
    auto value = parse(flag, typed->second);
    if (value) {
      into = std::move(value).value();
    } else {
      failure = value.failure();
    }
  }

  Failure failure;

 private:
  const TypedFlags& typed_;
};

Outcome<std::vector<std::string>> parse_presets(std::string_view flag, std::string_view text) {
  std::vector<std::string_view> known;
  for (const RunPreset& preset : run_presets()) known.push_back(preset.name);
  return parse_words(flag, text, known);
}

}  // namespace

// All readings are taken in one child, so they must end before its timeout.
Outcome<Done> check_settle(const std::vector<std::uint64_t>& settle, std::uint64_t timeout_seconds,
                           const Origin& origin) {
  if (!std::ranges::is_sorted(settle))
    return Failure{"--settle takes its times in ascending order"};
  if (settle.back() < timeout_seconds * 1000) return Done{};
  const Origin setting{origin.typed, {}};  // no preset has one
  return Failure{fmt::format("{}, in ms, is not below {}, in s",
                             origin.of("--settle", settle.back()),
                             setting.of("--timeout", timeout_seconds))};
}

std::span<const Flag> setting_flags() {
  static const auto kFlags = make_setting_flags();
  return kFlags;
}

Outcome<Settings> parse_settings(const TypedFlags& typed) {
  Settings settings;
  settings.memory_budget = default_memory_budget();
  Reader reader(typed);
  reader.read("--preset", settings.presets, parse_presets);
  for (const cells::Axis& axis : cells::cell_axes()) {
    if (!axis.of_run) continue;
    std::visit([&](auto member) { reader.number(flag_of(axis), settings.common.*member); },
               axis.member);
  }
  reader.number(kInvocationsFlag, settings.invocations);
  reader.number(kMemoryBudget, settings.memory_budget);
  reader.number(kTimeout, settings.timeout_seconds);
  if (const auto filter = typed.find("--benchmark_filter"); filter != typed.end()) {
    settings.filter = filter->second;
  }
  if (!reader.failure.sentence.empty()) return reader.failure;
  BEAM_CHECK(check_settle(settings.common.settle_ms, settings.timeout_seconds, {typed, {}}));
  return settings;
}

}  // namespace bench::matrix
