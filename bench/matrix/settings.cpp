#include "bench/matrix/settings.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "bench/matrix/limits.hpp"
#include "bench/matrix/memory_guard.hpp"
#include "bench/matrix/presets.hpp"
#include "bench/matrix/values.hpp"

namespace bench {
namespace {

constexpr std::array<Flag, 9> kSettingFlags = {{
    {"--preset", "NAME,..", "One of `purgebench list` [quick if no axis is named]"},
    {"--rounds", "N", "Purges in one child, medians count [by its size]", kRounds},
    {"--invocations", "N", "Fresh children per cell [the preset's, else 1]", kInvocations},
    {"--settle", "TIME,..", "Read memory again after these, in ms or as 1s [100]", kSettleMs},
    {"--seed", "N", "Of all that is drawn [1]", kSeed},
    {"--literal-space", "BYTES", "Address range for literal areas [1GiB]", kLiteralSpaceBytes},
    {"--memory-budget", "BYTES", "Skip cells that may need more, as 4GiB [70% of free]",
     kMemoryBudgetBytes},
    {"--timeout", "TIME", "Kill a child that takes longer, in s or as 5min [120]", kTimeoutSeconds},
    {"--benchmark_filter", "REGEX", "Only names that match; '-REGEX': the others"},
}};

// Reads typed numbers into their places; the first failure stays.
class Reader {
 public:
  explicit Reader(const TypedFlags& typed) : typed_(typed) {}

  void number(std::string_view flag, std::uint64_t& into) {
    const Range range = range_of(kSettingFlags, flag);
    read(flag, into, [&](auto name, auto& text) { return parse_number(name, text, range); });
  }
  void numbers(std::string_view flag, std::vector<std::uint64_t>& into) {
    const Range range = range_of(kSettingFlags, flag);
    read(flag, into, [&](auto name, auto& text) { return parse_numbers(name, text, range); });
  }
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

// Readings are taken one after another in one child, which has until the timeout.
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

std::span<const Flag> setting_flags() noexcept { return kSettingFlags; }

Outcome<Settings> parse_settings(const TypedFlags& typed) {
  Settings settings;
  settings.memory_budget = default_memory_budget();
  Reader reader(typed);
  reader.read("--preset", settings.presets, parse_presets);
  reader.number("--rounds", settings.common.rounds);
  reader.number("--invocations", settings.invocations);
  reader.numbers("--settle", settings.common.settle_ms);
  reader.number("--seed", settings.common.seed);
  reader.number("--literal-space", settings.common.literal_space_bytes);
  reader.number("--memory-budget", settings.memory_budget);
  reader.number("--timeout", settings.timeout_seconds);
  if (const auto filter = typed.find("--benchmark_filter"); filter != typed.end()) {
    settings.filter = filter->second;
  }
  if (!reader.failure.sentence.empty()) return reader.failure;
  if (auto checked = check_settle(settings.common.settle_ms, settings.timeout_seconds, {typed, {}});
      !checked)
    return checked.failure();
  return settings;
}

}  // namespace bench
