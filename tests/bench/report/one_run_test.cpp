#include "bench/report/one_run.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"

namespace {

using bench::cells::Provenance;
using bench::report::Row;
using bench::report::RunIdentity;
using bench::report::why_not_one_run;

Provenance origin() {
  return {.commit = "c1",
          .dirty = false,
          .program_build_id = "b1",
          .host_name = "h1",
          .cpu_model = "p1",
          .kernel = "k1",
          .system_thp = "madvise",
          .date = "yesterday"};
}

Row a_row() {
  Row row = sample::row("my");
  row.spec.module = row.spec.module_label = "config";
  row.result.allocator_build_id = "id1";
  row.result.allocator_env = {{"LD_PRELOAD", "/my.so"}};
  row.result.module_hash = "hash1";
  row.result.provenance = origin();
  return row;
}

RunIdentity same() {
  RunIdentity identity;
  identity.provenance = origin();
  identity.provenance.date = "today";
  identity.allocators["my"] = {"id1", {{"LD_PRELOAD", "/my.so"}}};
  identity.module_hashes["config"] = "hash1";
  return identity;
}

std::string why(const RunIdentity& identity) {
  const std::vector<Row> rows = {a_row()};
  return why_not_one_run(rows, identity);
}

TEST_CASE("rows from here are one run whatever their date is") {
  CHECK(why(same()).empty());
  CHECK(why_not_one_run({}, same()).empty());
}

TEST_CASE("rows from elsewhere are not one run with rows from here, and it is said in what") {
  const std::vector<std::pair<std::string Provenance::*, std::string>> texts = {
      {&Provenance::host_name, "its rows are of host h1, and this is host x"},
      {&Provenance::cpu_model, "its rows are of processor p1, and this is processor x"},
      {&Provenance::kernel, "its rows are of kernel k1, and this is kernel x"},
      {&Provenance::system_thp,
       "its rows are of huge page mode madvise, and this is huge page mode x"},
      {&Provenance::commit, "its rows are of commit c1, and this is commit x"},
      {&Provenance::program_build_id, "its rows are of build b1, and this is build x"}};
  for (const auto& [text, sentence] : texts) {
    RunIdentity identity = same();
    identity.provenance.*text = "x";
    CHECK(why(identity) == sentence);
  }
  RunIdentity dirty = same();
  dirty.provenance.dirty = true;
  CHECK(why(dirty) ==
        "its rows are of a build without changes, and this is a build with uncommitted changes");
}

TEST_CASE("rows of another seed are not one run with these") {
  RunIdentity identity = same();
  identity.seed = 2;
  CHECK(why(identity) == "its rows are of seed 1, and this is seed 2");
}

TEST_CASE("rows of another library of the same name are not one run with these") {
  RunIdentity identity = same();
  identity.allocators["my"].build_id = "id2";
  CHECK(
      why(identity) ==
      "its rows are of a library my with build-id id1, and this is a library my with build-id id2");
  identity.allocators["my"].build_id = "";
  CHECK(why(identity).ends_with("with build-id unknown"));
}

TEST_CASE("rows of a library that was tuned in another way are not one run with these") {
  RunIdentity identity = same();
  identity.allocators["my"].env["MALLOC_CONF"] = "narenas:1";
  CHECK(
      why(identity) ==
      "its rows are of a library my tuned by LD_PRELOAD=/my.so, and this is a library my tuned by "
      "LD_PRELOAD=/my.so MALLOC_CONF=narenas:1");
}

TEST_CASE("rows of a module with other contents are not one run with these") {
  RunIdentity identity = same();
  identity.module_hashes["config"] = "hash2";
  CHECK(why(identity) == "its rows are of a module config with SHA-256 hash1, and this is a module "
                         "config with SHA-256 "
                         "hash2");
}

TEST_CASE("allocators and modules that are not planned any more judge nobody") {
  RunIdentity identity = same();
  identity.allocators.clear();
  identity.module_hashes.clear();
  CHECK(why(identity).empty());
}

TEST_CASE("a row of a library that was not there says nothing about the one that is") {
  std::vector<Row> rows = {a_row()};
  rows[0].result.allocator_build_id.clear();
  rows[0].result.allocator_env.clear();
  CHECK(why_not_one_run(rows, same()).empty());
}

TEST_CASE("the first row that does not fit is found behind others") {
  std::vector<Row> rows = {a_row(), a_row()};
  rows[1].result.provenance.commit = "c2";
  CHECK_FALSE(why_not_one_run(rows, same()).empty());
}

}  // namespace
