#include <cstdlib>
#include <regex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "bench/report/context.hpp"
#include "tests/support/catch.hpp"

namespace {

nlohmann::json context() {
  return nlohmann::json::parse(
      bench::report::context_json(std::vector<std::string>{"purgebench", "run", "--seed", "7"}));
}

}  // namespace

TEST_CASE("a context has the keys that readers of Google Benchmark's JSON look for") {
  const auto json = context();
  CHECK(json.at("host_name").is_string());
  CHECK(json.at("executable") == "purgebench");
  CHECK(json.at("num_cpus").get<int>() > 0);
  CHECK(json.at("mhz_per_cpu").is_number_unsigned());
  CHECK(json.at("cpu_scaling_enabled").is_boolean());
  CHECK(json.at("load_avg").is_array());
  CHECK(json.at("json_schema_version") == 1);
  for (const auto& cache : json.at("caches")) {
    CHECK(cache.at("size").get<std::uint64_t>() > 0);
    CHECK(cache.at("level").get<std::uint64_t>() > 0);
    CHECK(cache.at("num_sharing").get<std::uint64_t>() > 0);
    CHECK(cache.at("type").is_string());
  }
}

TEST_CASE("a context's date is of RFC 3339") {
  const std::regex date(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00)");
  CHECK(std::regex_match(context().at("date").get<std::string>(), date));
}

TEST_CASE("a context says what was built, from what and with what") {
  const auto json = context();
  for (const char* key : {"purgebench_version", "commit", "compiler", "flags", "build_type",
                          "kernel", "architecture", "library_build_type"}) {
    INFO(key);
    CHECK(json.at(key).is_string());
  }
  CHECK(json.at("dirty").is_boolean());
  for (const char* key : {"cpu_model", "thp"}) {
    INFO(key);
    CHECK(json.contains(key));
  }
  for (const char* library : {"fmt", "nlohmann_json", "CLI11", "zlib"}) {
    INFO(library);
    CHECK(std::regex_match(json.at("library_versions").at(library).get<std::string>(),
                           std::regex(R"(\d+\.\d+.*)")));
  }
  CHECK(json.at("command_line").size() == 4);
}

TEST_CASE("what tunes the allocator of this process is part of its provenance") {
  const auto tuning = [] {
    for (const auto& [key, value] : bench::report::provenance()) {
      if (key == "allocator_env") return nlohmann::json::parse(value);
    }
    return nlohmann::json();
  };
  REQUIRE(tuning().is_object());
  setenv("MALLOC_PURGEBENCH_TEST", "1;2", 1);
  CHECK(tuning().at("MALLOC_PURGEBENCH_TEST") == "1;2");
  unsetenv("MALLOC_PURGEBENCH_TEST");
  CHECK_FALSE(tuning().contains("MALLOC_PURGEBENCH_TEST"));
}

TEST_CASE("what a row says of its making is what the context says") {
  const bench::cells::Provenance here = bench::report::provenance_here();
  const auto json = context();
  CHECK(here.commit == json.at("commit"));
  CHECK(here.dirty == json.at("dirty"));
  CHECK(here.host_name == json.at("host_name"));
  CHECK(here.kernel == json.at("kernel"));
  CHECK(here.date <= json.at("date").get<std::string>());
  CHECK_FALSE(here.program_build_id.empty());
  CHECK(here.row_schema == bench::cells::kRowSchema);
}
