#include "bench/report/one_run.hpp"

#include <string_view>

#include <fmt/format.h>

#include "bench/report/cell_name.hpp"
#include "bench/report/text_table.hpp"

namespace bench::report {
namespace {

std::string differ(std::string_view what, std::string_view theirs, std::string_view ours) {
  if (theirs == ours) return {};
  const auto shown = [](std::string_view text) {
    return text.empty() ? std::string("unknown") : printable(text);
  };
  return fmt::format("its rows are of {0} {1}, and this is {0} {2}", what, shown(theirs),
                     shown(ours));
}

std::string_view state_of(const cells::Provenance& origin) {
  return origin.dirty ? "with uncommitted changes" : "without changes";
}

std::string why_not_from_here(const cells::Provenance& row, const cells::Provenance& here) {
  const std::string clauses[] = {
      differ("row schema", std::to_string(row.row_schema), std::to_string(here.row_schema)),
      differ("host", row.host_name, here.host_name),
      differ("processor", row.cpu_model, here.cpu_model),
      differ("kernel", row.kernel, here.kernel),
      differ("huge page mode", row.system_thp, here.system_thp),
      differ("commit", row.commit, here.commit),
      differ("a build", state_of(row), state_of(here)),
      differ("build", row.program_build_id, here.program_build_id)};
  for (const std::string& clause : clauses) {
    if (!clause.empty()) return clause;
  }
  return {};
}

std::string env_text(const std::map<std::string, std::string>& env) {
  std::string text;
  for (const auto& [name, value] : env)
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, value);
  return text.empty() ? "nothing" : text;
}

// A row of a missing library has no identity to compare.
std::string why_not_served_so(const Row& row, const RunIdentity& identity) {
  const auto known = identity.allocators.find(row.spec.allocator);
  if (known == identity.allocators.end() || row.result.allocator_build_id.empty()) return {};
  std::string clause = differ(fmt::format("a library {} with build-id", known->first),
                              row.result.allocator_build_id, known->second.build_id);
  if (!clause.empty()) return clause;
  return differ(fmt::format("a library {} tuned by", known->first),
                env_text(row.result.allocator_env), env_text(known->second.env));
}

std::string why_not_of_that_module(const Row& row, const RunIdentity& identity) {
  if (row.spec.module.empty()) return {};
  const auto known = identity.module_hashes.find(module_name(row.spec));
  if (known == identity.module_hashes.end()) return {};
  return differ(fmt::format("a module {} with SHA-256", known->first), row.result.module_hash,
                known->second);
}

}  // namespace

std::string why_not_one_run(std::span<const Row> rows, const RunIdentity& identity) {
  for (const Row& row : rows) {
    const std::string clauses[] = {
        why_not_from_here(row.result.provenance, identity.provenance),
        differ("seed", std::to_string(row.spec.seed), std::to_string(identity.seed)),
        why_not_served_so(row, identity), why_not_of_that_module(row, identity)};
    for (const std::string& clause : clauses) {
      if (!clause.empty()) return clause;
    }
  }
  return {};
}

}  // namespace bench::report
