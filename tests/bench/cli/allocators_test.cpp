// Runs under different allocators: that it is really they who serve the cells.
#include <elf.h>
#include <map>

#include <nlohmann/json.hpp>

#include "allocators/elf_file.hpp"
#include "allocators/locate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

using nlohmann::json;

// The rows of a small run under these allocators, by allocator; and its exit code.
struct SmallRun {
  int code = -1;
  std::string err;
  std::map<std::string, json> rows;
};

SmallRun run_under(const std::string& allocators, const std::vector<std::string>& variables = {}) {
  const TemporaryDirectory directory;
  const auto result = run_purgebench({"run", "--area-words=1000", "--holders=3", "--rounds=1",
                                      "--settle=0", "--allocator", allocators, "--out=r"},
                                     directory.path(), variables);
  SmallRun run;
  run.code = result.code;
  run.err = result.err;
  INFO(result.err);
  const json folder = json::parse(contents_of(directory.path() / "r/run.json"));
  for (const json& row : folder.at("benchmarks"))
    run.rows[row.at("allocator").get<std::string>()] = row;
  return run;
}

#ifdef PURGEBENCH_SANITIZED

// Nothing can be preloaded under a sanitizer, so there is only this to see.
TEST_CASE("a sanitizer build runs under the allocator none") {
  const auto run = run_under("none");
  CHECK(run.code == 0);
  CHECK(run.rows.contains("none"));
}

#else

// What glibc and the preloaded allocators are on this machine; empty: not installed.
std::string library_of(const allocators::Allocator& allocator) {
  const auto path = allocators::locate({&allocator, nullptr, {}});
  return path ? path.value() : std::string();
}

TEST_CASE("the rows of two allocators differ in version and path") {
  const std::string jemalloc = library_of(allocators::kJemalloc);
  if (jemalloc.empty()) SKIP_TEST("jemalloc is not installed");
  const auto run = run_under("glibc,jemalloc");
  REQUIRE(run.code == 0);
  const json& first = run.rows.at("glibc");
  const json& second = run.rows.at("jemalloc");
  CHECK(first.at("allocator_path") == library_of(allocators::kGlibc));
  CHECK(second.at("allocator_path") == jemalloc);
  CHECK(first.at("allocator_version") != second.at("allocator_version"));
  CHECK(first.at("copied_literal_words") == second.at("copied_literal_words"));
}

TEST_CASE("every allocator that is installed runs, and every preset of it") {
  std::string names = "glibc";
  for (const auto* const each : allocators::registry()) {
    if (library_of(*each).empty()) continue;
    if (each->name != "glibc") names += "," + std::string(each->name);
    for (const auto& preset : each->presets)
      names += "," + std::string(each->name) + ":" + std::string(preset.name);
  }
  const auto run = run_under(names);
  CHECK(run.code == 0);
  for (const auto& [name, row] : run.rows) {
    INFO(name);
    CHECK_FALSE(row.contains("error_occurred"));
    CHECK(row.at("allocator_version").get<std::string>().find('.') != std::string::npos);
  }
}

TEST_CASE("what an allocator says of itself covers what the heaps reserved") {
  for (const auto* const each : {&allocators::kGlibc, &allocators::kMimalloc,
                                 &allocators::kJemalloc, &allocators::kTcmalloc}) {
    if (library_of(*each).empty()) continue;
    INFO(each->name);
    const auto run = run_under(std::string(each->name));
    REQUIRE(run.rows.size() == 1);
    const json& row = run.rows.begin()->second;
    const auto allocated = row.at("allocator_allocated").get<std::uint64_t>();
    CHECK(allocated >= row.at("reserved_after").get<std::uint64_t>());
    CHECK(row.at("allocator_resident").get<std::uint64_t>() >= allocated);
    if (!row.at("allocator_active").is_null()) {
      CHECK(row.at("allocator_active").get<std::uint64_t>() >= allocated);
    }
  }
}

TEST_CASE("an allocator that says nothing of itself has nulls in its row") {
  if (library_of(allocators::kTbb).empty()) SKIP_TEST("tbb is not installed");
  const auto run = run_under("tbb");
  REQUIRE(run.rows.size() == 1);
  for (const char* const key :
       {"allocator_allocated", "allocator_active", "allocator_resident", "allocator_retained"}) {
    CHECK(run.rows.begin()->second.at(key).is_null());
  }
}

TEST_CASE("the self-check holds under every allocator that is installed") {
  std::string names;
  for (const auto* const each : allocators::registry()) {
    if (library_of(*each).empty()) continue;
    names += (names.empty() ? "" : ",") + std::string(each->name);
  }
  const TemporaryDirectory directory;
  const auto result =
      run_purgebench({"run", "--preset=selfcheck", "--settle=0", "--allocator", names, "--out=r"},
                     directory.path());
  CHECK(result.code == 0);
  const json folder = json::parse(contents_of(directory.path() / "r/run.json"));
  for (const json& row : folder.at("benchmarks")) {
    INFO(row.dump());
    CHECK_FALSE(row.contains("error_occurred"));
    CHECK(row.at("touch_pages") == 65'536);
  }
}

TEST_CASE("an allocator given by path runs, with its version and real path") {
  const std::string mimalloc = library_of(allocators::kMimalloc);
  if (mimalloc.empty()) SKIP_TEST("mimalloc is not installed");
  const TemporaryDirectory directory;
  const auto link = directory.path() / "libmine.so";
  std::filesystem::create_symlink(mimalloc, link);
  const auto run = run_under(link.string());
  REQUIRE(run.code == 0);
  REQUIRE(run.rows.size() == 1);
  const json& row = run.rows.begin()->second;
  CHECK(row.at("allocator_path") == mimalloc);
  CHECK(row.at("name").get<std::string>().find("libmine.so") != std::string::npos);
}

TEST_CASE("a library that the loader does not take fails its own cell and no other") {
  const TemporaryDirectory directory;
  std::string bytes = contents_of(library_of(allocators::kGlibc));
  bytes[EI_NIDENT + 2] = EM_NONE;  // e_machine
  bytes[EI_NIDENT + 3] = EM_NONE;
  const std::string foreign = directory.write("libforeign.so", bytes).string();
  const auto run = run_under("glibc," + foreign);
  CHECK(run.code == 1);
  REQUIRE(run.rows.size() == 2);
  CHECK_FALSE(run.rows.at("glibc").contains("error_occurred"));
  const json& row = run.rows.at(foreign);
  CHECK(row.at("error_occurred") == true);
  CHECK(row.at("error_message") ==
        foreign + " cannot be preloaded: it is a shared library for another kind of machine");
}

TEST_CASE("a path of no library is refused before anything is created") {
  const TemporaryDirectory directory;
  directory.write("text.so", "text");
  for (const auto& [path, why] : {std::pair("./nosuch.so", "there is no such file"),
                                  std::pair("./text.so", "it is not an ELF file"),
                                  std::pair("/dev/zero", "it is not a file")}) {
    const auto result = run_purgebench(
        {"run", "--holders=1", "--allocator", std::string("glibc,") + path}, directory.path());
    CHECK(result.code == 2);
    CHECK(result.err == std::string("purgebench: --allocator ") + path + ": " + why + "\n");
    CHECK_FALSE(std::filesystem::exists(directory.path() / "results"));
  }
}

TEST_CASE("a library that serves no malloc fails the proof") {
  // The C++ library is a library for certain, and no allocator.
  const std::string path = allocators::find_library(std::vector<std::string_view>{"libstdc++.so.6"},
                                                    allocators::library_directories());
  REQUIRE_FALSE(path.empty());
  const auto run = run_under(path);
  CHECK(run.code == 1);
  const auto message = run.rows.begin()->second.at("error_message").get<std::string>();
  CHECK(message.starts_with("malloc is served by " + library_of(allocators::kGlibc) + ", not by "));
}

TEST_CASE("what tunes a cell is in its row, whoever set it") {
  const std::string jemalloc = library_of(allocators::kJemalloc);
  if (jemalloc.empty()) SKIP_TEST("jemalloc is not installed");
  const auto run = run_under("jemalloc,jemalloc:decay0,jemalloc:narenas=1," + jemalloc,
                             {"MALLOC_CONF=narenas:2", "MALLOC_ARENA_MAX=3"});
  CHECK(run.code == 0);
  const auto env_of = [&](const std::string& name) {
    return run.rows.at(name).at("allocator_env");
  };
  CHECK(env_of("jemalloc") == json({{"LD_PRELOAD", jemalloc}}));
  CHECK(env_of("jemalloc:decay0") ==
        json({{"LD_PRELOAD", jemalloc}, {"MALLOC_CONF", "dirty_decay_ms:0,muzzy_decay_ms:0"}}));
  CHECK(env_of("jemalloc:narenas=1") ==
        json({{"LD_PRELOAD", jemalloc}, {"MALLOC_CONF", "abort_conf:true,narenas:1"}}));
  CHECK(env_of(jemalloc) ==
        json({{"LD_PRELOAD", jemalloc}, {"MALLOC_ARENA_MAX", "3"}, {"MALLOC_CONF", "narenas:2"}}));
  CHECK(run.err ==
        "purgebench: MALLOC_ARENA_MAX, MALLOC_CONF of the environment does not reach jemalloc, "
        "jemalloc:decay0, jemalloc:narenas=1 (--allocator NAME:VAR=VALUE tunes one)\n");
  for (const auto& [name, row] : run.rows) {
    CHECK(row.at("allocator_build_id") == allocators::build_id(jemalloc));
    CHECK(row.at("copied_words") == run.rows.at("jemalloc").at("copied_words"));
  }
}

TEST_CASE("an option that jemalloc does not know fails its cell") {
  if (library_of(allocators::kJemalloc).empty()) SKIP_TEST("jemalloc is not installed");
  const auto run = run_under("jemalloc:nosuch_option=1");
  CHECK(run.code == 1);
  REQUIRE(run.rows.size() == 1);
  CHECK(run.rows.begin()->second.at("error_message").get<std::string>().find("nosuch_option") !=
        std::string::npos);
}

TEST_CASE("two libraries of one given name have one cell name in two runs") {
  const std::string mimalloc = library_of(allocators::kMimalloc);
  const std::string jemalloc = library_of(allocators::kJemalloc);
  if (mimalloc.empty() || jemalloc.empty()) SKIP_TEST("mimalloc or jemalloc is not installed");
  const auto first = run_under("my=" + mimalloc);
  const auto second = run_under("my=" + jemalloc);
  REQUIRE((first.code == 0 && second.code == 0));
  const json& one = first.rows.at("my");
  const json& other = second.rows.at("my");
  CHECK(one.at("name") == other.at("name"));
  CHECK(one.at("name").get<std::string>().starts_with("purge/otp/my/"));
  CHECK(one.at("allocator_path") == mimalloc);
  CHECK(one.at("allocator_build_id") != other.at("allocator_build_id"));
}

TEST_CASE("what the caller preloads does not reach the cells") {
  const std::string jemalloc = library_of(allocators::kJemalloc);
  if (jemalloc.empty()) SKIP_TEST("jemalloc is not installed");
  const auto run = run_under("glibc", {"LD_PRELOAD=" + jemalloc});
  CHECK(run.code == 0);
  CHECK(run.rows.at("glibc").at("allocator_path") == library_of(allocators::kGlibc));
}

#endif

}  // namespace
