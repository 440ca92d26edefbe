#include "bench/matrix/cell_check.hpp"

#include <fmt/format.h>

#include "bench/matrix/limits.hpp"

namespace bench {
namespace {

constexpr std::uint64_t kWordBytes = 8;

std::string area_flag(const CellSpec& spec, std::uint64_t area_words) {
  return spec.module.empty()
             ? fmt::format("--area-words {}", area_words)
             : fmt::format("--module {} with {} area words", spec.module, area_words);
}

}  // namespace

Outcome<Done> check_cell(const CellSpec& spec, std::uint64_t area_words) {
  if (spec.holders + spec.bystanders == 0) {
    return Failure{"--holders 0 needs --bystanders of at least 1, or there is no process to purge"};
  }
  if (spec.holders + spec.bystanders > kProcesses.max) {
    return Failure{
        fmt::format("--holders {} and --bystanders {} are more than the {} processes of a node",
                    spec.holders, spec.bystanders, kProcesses.max)};
  }
  if (spec.module.empty() && spec.term_words > area_words) {
    return Failure{fmt::format("--term-words {} is more than {}", spec.term_words,
                               area_flag(spec, area_words))};
  }
  if (spec.holders > 0 && spec.held_words > area_words) {
    return Failure{fmt::format("--held-words {} is more than {}", spec.held_words,
                               area_flag(spec, area_words))};
  }
  if (area_words > spec.literal_space_bytes / kWordBytes) {
    return Failure{fmt::format("{} does not fit into --literal-space {}",
                               area_flag(spec, area_words), spec.literal_space_bytes)};
  }
  return Done{};
}

}  // namespace bench
