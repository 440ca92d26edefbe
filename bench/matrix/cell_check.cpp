#include "bench/matrix/cell_check.hpp"

#include <fmt/format.h>

#include "bench/cells/limits.hpp"

namespace bench::matrix {
namespace {

constexpr std::uint64_t kWordBytes = 8;

std::string area_flag(const cells::CellSpec& spec, const AreaFacts& area, const Origin& origin) {
  if (spec.module.empty()) return origin.of("--area-words", area.area_words);
  return fmt::format("--module {} with an area of {} words", spec.module, area.area_words);
}

Outcome<Done> check_processes(const cells::CellSpec& spec, const Origin& origin) {
  const std::string holders = origin.of("--holders", spec.holders);
  const std::string bystanders = origin.of("--bystanders", spec.bystanders);
  if (spec.processes() == 0) {
    return Failure{
        fmt::format("{} with {} leaves no process to purge: one of them must be at least 1",
                    holders, bystanders)};
  }
  if (spec.processes() <= cells::kProcesses.max) return Done{};
  const std::string others =
      spec.dead_holders == 0
          ? bystanders
          : fmt::format("{} and {}", bystanders, origin.of("--dead-holders", spec.dead_holders));
  return Failure{fmt::format("{} and {} are more than the {} processes of a node", holders, others,
                             cells::kProcesses.max)};
}

// Holders hold literals with words in the area: no immediates and no `{}`. Dead ones held some.
Outcome<Done> check_held(const cells::CellSpec& spec, const AreaFacts& area, const Origin& origin) {
  if (spec.holders + spec.dead_holders == 0) return Done{};
  if (area.holdable_words == 0) {
    return Failure{fmt::format("--module {} has no literal that a holder could hold", spec.module)};
  }
  if (spec.held_words <= area.holdable_words) return Done{};
  const std::string most = spec.module.empty() ? area_flag(spec, area, origin)
                                               : fmt::format("the {} words of literals in {}",
                                                             area.holdable_words, spec.module);
  return Failure{
      fmt::format("{} is more than {}", origin.of("--held-words", spec.held_words), most)};
}

}  // namespace

std::string Origin::of(std::string_view flag, std::uint64_t value) const {
  std::string text = fmt::format("{} {}", flag, value);
  if (typed.contains(flag)) return text;
  return text + (preset.empty() ? " (the default)" : fmt::format(" (of preset {})", preset));
}

Outcome<Done> check_cell(const cells::CellSpec& spec, const AreaFacts& area, const Origin& origin) {
  if (auto checked = check_processes(spec, origin); !checked) return checked;
  if (spec.module.empty() && spec.term_words > area.area_words) {
    return Failure{fmt::format("{} is more than {}", origin.of("--term-words", spec.term_words),
                               area_flag(spec, area, origin))};
  }
  if (spec.heap_words == 1) {
    return Failure{"--heap-words 1 cannot be built: the smallest term on a heap takes 2 words"};
  }
  if (area.area_words > spec.literal_space_bytes / kWordBytes) {
    const Origin setting{origin.typed, {}};  // no preset has one
    return Failure{fmt::format("{} does not fit into {}", area_flag(spec, area, origin),
                               setting.of("--literal-space", spec.literal_space_bytes))};
  }
  return check_held(spec, area, origin);
}

}  // namespace bench::matrix
