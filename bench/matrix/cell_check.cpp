#include "bench/matrix/cell_check.hpp"

#include <fmt/format.h>

#include "bench/matrix/limits.hpp"

namespace bench {
namespace {

constexpr std::uint64_t kWordBytes = 8;

std::string area_flag(const CellSpec& spec, const AreaFacts& area) {
  if (spec.module.empty()) return fmt::format("--area-words {}", area.area_words);
  return fmt::format("--module {} with an area of {} words", spec.module, area.area_words);
}

Outcome<Done> check_processes(const CellSpec& spec) {
  if (spec.holders + spec.bystanders == 0) {
    return Failure{"--holders 0 needs --bystanders of at least 1, or there is no process to purge"};
  }
  if (spec.holders + spec.bystanders <= kProcesses.max) return Done{};
  return Failure{
      fmt::format("--holders {} and --bystanders {} are more than the {} processes of a node",
                  spec.holders, spec.bystanders, kProcesses.max)};
}

// Holders hold literals that take room in the area: neither immediates nor `{}`.
Outcome<Done> check_held(const CellSpec& spec, const AreaFacts& area) {
  if (spec.holders == 0) return Done{};
  if (area.holdable_words == 0) {
    return Failure{fmt::format("--module {} has no literal that a holder could hold", spec.module)};
  }
  if (spec.held_words <= area.holdable_words) return Done{};
  const std::string most = spec.module.empty() ? area_flag(spec, area)
                                               : fmt::format("the {} words of literals in {}",
                                                             area.holdable_words, spec.module);
  return Failure{fmt::format("--held-words {} is more than {}", spec.held_words, most)};
}

}  // namespace

Outcome<Done> check_cell(const CellSpec& spec, const AreaFacts& area) {
  if (auto checked = check_processes(spec); !checked) return checked;
  if (spec.module.empty() && spec.term_words > area.area_words) {
    return Failure{
        fmt::format("--term-words {} is more than {}", spec.term_words, area_flag(spec, area))};
  }
  if (spec.heap_words == 1) {
    return Failure{"--heap-words 1 cannot be built: the smallest term on a heap takes 2 words"};
  }
  if (area.area_words > spec.literal_space_bytes / kWordBytes) {
    return Failure{fmt::format("{} does not fit into --literal-space {}", area_flag(spec, area),
                               spec.literal_space_bytes)};
  }
  return check_held(spec, area);
}

}  // namespace bench
