#include "bench/matrix/run_identity.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "allocators/elf_file.hpp"
#include "allocators/environment.hpp"
#include "allocators/locate.hpp"
#include "allocators/tuning.hpp"
#include "bench/matrix/cell_runner.hpp"
#include "bench/report/cell_name.hpp"
#include "bench/report/context.hpp"

namespace bench::matrix {
namespace {

report::AllocatorIdentity identity_of(const ::allocators::Choice& choice,
                                      const std::vector<std::string>& environment) {
  const auto library = ::allocators::locate(choice);
  if (!library) return {};
  const std::string& path = library.value();
  auto env = ::allocators::tuning_in(::allocators::child_environment(choice, path, environment));
  return {path.empty() ? "" : ::allocators::library_identity(path),
          with_malloc_conf_link(std::move(env), kMallocConfLink)};
}

// Fills in the planned value if the child reported none. False: it reported another.
bool agrees(std::string& said, const std::string& planned) {
  if (said.empty()) said = planned;
  return said == planned;
}

}  // namespace

report::RunIdentity identity_of(const RunPlan& plan, const std::vector<std::string>& environment) {
  report::RunIdentity identity;
  identity.provenance = report::provenance_here();
  for (const PlannedCell& cell : plan.cells) {
    identity.seed = cell.spec.seed;
    if (!identity.allocators.contains(cell.spec.allocator))
      identity.allocators[cell.spec.allocator] = identity_of(cell.allocator, environment);
    if (!cell.spec.module.empty())
      identity.module_hashes[report::module_name(cell.spec)] = cell.module_hash;
  }
  return identity;
}

cells::CellResult with_identity(cells::CellResult result, const PlannedCell& cell,
                                const report::RunIdentity& identity) {
  const report::AllocatorIdentity& allocator = identity.allocators.at(cell.spec.allocator);
  if (!agrees(result.allocator_build_id, allocator.build_id)) {
    result = failed_cell(
        fmt::format("the library of {} changed since the run began", cell.spec.allocator));
  } else if (!agrees(result.module_hash, cell.module_hash)) {
    result = failed_cell(fmt::format("{} changed since the run began", cell.spec.module));
  }
  result.allocator_build_id = allocator.build_id;
  result.allocator_env = allocator.env;
  result.module_hash = cell.module_hash;
  return result;
}

std::vector<std::string> dropped_tuning(const RunPlan& plan,
                                        const std::vector<std::string>& environment) {
  std::map<std::string, std::set<std::string>> kept_from;  // by variable
  for (const PlannedCell& cell : plan.cells) {
    for (const std::string& name : ::allocators::dropped_variables(cell.allocator, environment))
      kept_from[name].insert(cell.spec.allocator);
  }
  std::map<std::set<std::string>, std::vector<std::string>> variables;
  for (const auto& [name, owners] : kept_from) variables[owners].push_back(name);
  std::vector<std::string> sentences;
  sentences.reserve(variables.size());
  for (const auto& [owners, names] : variables) {
    sentences.push_back(fmt::format(
        "{} of the environment does not reach {} (--allocator NAME:VAR=VALUE tunes one)",
        fmt::join(names, ", "), fmt::join(owners, ", ")));
  }
  return sentences;
}

std::map<std::string, std::string> with_malloc_conf_link(std::map<std::string, std::string> env,
                                                         const std::string& link) {
  std::error_code error;
  const auto target = std::filesystem::read_symlink(link, error);
  if (!error) env[link] = target.string();
  return env;
}

}  // namespace bench::matrix
