#include <filesystem>

#include "allocators/elf_file.hpp"
#include "allocators/locate.hpp"
#include "bench/matrix/run_identity.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

using bench::cells::CellResult;
using bench::matrix::PlannedCell;
using bench::matrix::with_identity;
using bench::report::RunIdentity;

PlannedCell cell_of(const std::string& allocator) {
  PlannedCell cell;
  cell.spec.allocator = allocator;
  cell.spec.module = "x.beam";
  cell.module_hash = "hash";
  cell.allocator = {allocators::registry().front(), nullptr, {}};
  return cell;
}

RunIdentity identity() {
  RunIdentity identity;
  identity.allocators["my"] = {"id", {{"VAR", "value"}}};
  return identity;
}

CellResult result_of(const std::string& build_id, const std::string& hash) {
  CellResult result;
  result.allocator_build_id = build_id;
  result.module_hash = hash;
  return result;
}

TEST_CASE("a result says what tuned its cell, and what its library and its module were") {
  for (const auto& said : {result_of("id", "hash"), result_of("", "")}) {
    const CellResult result = with_identity(said, cell_of("my"), identity());
    CHECK_FALSE(result.failed);
    CHECK(result.allocator_build_id == "id");
    CHECK(result.allocator_env == identity().allocators.at("my").env);
    CHECK(result.module_hash == "hash");
  }
}

TEST_CASE("a library or a module that changed since the run began fails its cell") {
  const auto library = with_identity(result_of("other", "hash"), cell_of("my"), identity());
  CHECK(library.failed);
  CHECK(library.error_message == "the library of my changed since the run began");
  const auto module = with_identity(result_of("id", "other"), cell_of("my"), identity());
  CHECK(module.failed);
  CHECK(module.error_message == "x.beam changed since the run began");
  CHECK(module.module_hash == "hash");
}

TEST_CASE("a link that jemalloc reads options from is part of the tuning") {
  const TemporaryDirectory directory;
  const auto link = directory.path() / "malloc.conf";
  const std::map<std::string, std::string> env = {{"A", "b"}};
  CHECK(bench::matrix::with_malloc_conf_link(env, link) == env);
  std::filesystem::create_symlink("narenas:1", link);
  CHECK(bench::matrix::with_malloc_conf_link(env, link) ==
        std::map<std::string, std::string>{{"A", "b"}, {link.string(), "narenas:1"}});
}

#ifndef PURGEBENCH_SANITIZED

bench::matrix::RunPlan plan_of(const std::vector<std::string>& allocators) {
  bench::matrix::RunPlan plan;
  for (const std::string& each : allocators) {
    plan.cells.push_back(cell_of(each));
    plan.cells.back().allocator = allocators::parse_choice(each).value();
  }
  return plan;
}

TEST_CASE("the identity of a run has each allocator's library and what reaches it") {
  const auto run = bench::matrix::identity_of(plan_of({"glibc:MALLOC_ARENA_MAX=1", "glibc"}),
                                              {"MALLOC_ARENA_MAX=9", "LANG=C"});
  const std::string library = allocators::locate({&allocators::kGlibc, nullptr, {}}).value();
  REQUIRE(run.allocators.size() == 2);
  const auto& tuned = run.allocators.at("glibc:MALLOC_ARENA_MAX=1");
  CHECK(tuned.build_id == allocators::build_id(library));
  CHECK(tuned.env == bench::matrix::with_malloc_conf_link({{"MALLOC_ARENA_MAX", "1"}},
                                                          bench::matrix::kMallocConfLink));
  CHECK(run.allocators.at("glibc").env ==
        bench::matrix::with_malloc_conf_link({}, bench::matrix::kMallocConfLink));
  CHECK(run.module_hashes.at("x") == "hash");
  CHECK_FALSE(run.provenance.program_build_id.empty());
  CHECK_FALSE(run.provenance.host_name.empty());
}

TEST_CASE("variables that reach no cell are told once for all allocators that they miss") {
  const std::vector<std::string> environment = {"MALLOC_CONF=x", "LD_PRELOAD=/x.so", "LANG=C"};
  CHECK(bench::matrix::dropped_tuning(plan_of({"glibc", "jemalloc", "glibc"}), environment) ==
        std::vector<std::string>{"LD_PRELOAD, MALLOC_CONF of the environment does not reach glibc, "
                                 "jemalloc (--allocator NAME:VAR=VALUE tunes one)"});
  CHECK(bench::matrix::dropped_tuning(plan_of({"my=./x.so"}), {"MALLOC_CONF=x"}).empty());
  CHECK(bench::matrix::dropped_tuning(plan_of({"glibc"}), {"LANG=C"}).empty());
}

#endif

}  // namespace
