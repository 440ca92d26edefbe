#include <filesystem>

#include "allocators/sha256.hpp"
#include "bench/matrix/module_names.hpp"
#include "bench/report/cell_name.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;
using bench::matrix::name_modules;
using Texts = std::vector<std::string>;

// v1/x.beam and v2/x.beam, which differ, and v3/x.beam, which is v1's.
struct Versions {
  TemporaryDirectory directory;

  Versions() {
    for (const auto& [name, fixture] :
         {std::pair("v1", "every_kind.beam"), std::pair("v2", "atom_map.beam"),
          std::pair("v3", "every_kind.beam")}) {
      fs::create_directory(directory.path() / name);
      fs::copy_file(fixtures_dir() / fixture, directory.path() / name / "x.beam");
    }
  }
  [[nodiscard]] std::string file(const char* version) const {
    return (directory.path() / version / "x.beam").string();
  }
};

// What each is called, in the order in which they were typed.
Texts names_of(const Texts& typed) {
  const auto modules = name_modules(typed);
  if (!modules) FAIL(modules.failure().sentence);
  Texts names;
  for (const std::string& each : typed) {
    const auto& module = modules.value().at(each);
    bench::cells::CellSpec spec;
    spec.module = module.path;
    spec.module_label = module.label;
    names.push_back(bench::report::module_name(spec));
  }
  return names;
}

std::string refusal(const Texts& typed) {
  const auto modules = name_modules(typed);
  return modules ? "" : modules.failure().sentence;
}

std::string hashed(const std::string& file) {
  return "x@" + allocators::sha256_of_file(file).substr(0, 8);
}

TEST_CASE("a module alone of its name is called by its file's stem, or by what it is given") {
  const Versions versions;
  CHECK(names_of({versions.file("v1")}) == Texts{"x"});
  CHECK(names_of({"old=" + versions.file("v1")}) == Texts{"old"});
  CHECK(names_of({versions.file("v1"), (fixtures_dir() / "atom_map.beam").string()}) ==
        Texts{"x", "atom_map"});
}

TEST_CASE("files that share a stem are called by their contents, in whatever order they come") {
  const Versions versions;
  const std::string one = versions.file("v1");
  const std::string two = versions.file("v2");
  CHECK(names_of({one, two}) == Texts{hashed(one), hashed(two)});
  CHECK(names_of({two, one}) == Texts{hashed(two), hashed(one)});
  CHECK(hashed(one) != hashed(two));
}

TEST_CASE("a given name stays what it is beside a file of that stem") {
  const Versions versions;
  CHECK(names_of({"x=" + versions.file("v1"), versions.file("v2")}) ==
        Texts{"x", hashed(versions.file("v2"))});
}

TEST_CASE("a module has the hash of its file and the words of its area") {
  const Versions versions;
  const auto modules = name_modules({versions.file("v1")});
  REQUIRE(modules.ok());
  CHECK(modules.value().begin()->second.hash == allocators::sha256_of_file(versions.file("v1")));
  CHECK(modules.value().begin()->second.area.area_words > 0);
}

TEST_CASE("two modules of one name, or of one content and stem, are refused") {
  const Versions versions;
  CHECK(refusal({"a=" + versions.file("v1"), "a=" + versions.file("v2")}) ==
        "--module names a twice");
  CHECK(refusal({versions.file("v1"), versions.file("v3")}) ==
        "--module names " + hashed(versions.file("v1")) + " twice");
  CHECK(refusal({"a=" + versions.file("v1"), "b=" + versions.file("v3")}).empty());
}

TEST_CASE("what comes before the first equals sign is a name unless a slash comes earlier") {
  const Versions versions;
  fs::create_directory(versions.directory.path() / "a=b");
  const std::string odd = (versions.directory.path() / "a=b/x.beam").string();
  fs::copy_file(versions.file("v1"), odd);
  CHECK(names_of({odd}) == Texts{"x"});
  CHECK(names_of({"c=" + odd}) == Texts{"c"});
  for (const char* const name : {"", "a b", "x@1", "-x"}) {
    CHECK(refusal({name + ("=" + odd)}).find("is not a valid name") != std::string::npos);
  }
  CHECK(refusal({"a=nosuch.beam"}).find("nosuch.beam") != std::string::npos);
}

}  // namespace
