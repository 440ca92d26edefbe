// One definition rule: the tree is checked here by tests/check_definitions, and so is the checker,
// on planted pairs.
#include <filesystem>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;

// What the checker says of the sources below `root`, and of objects there; nothing when all is
// well.
std::string faults_of(const fs::path& root, bool objects = false) {
  std::vector<std::string> arguments = {(source_dir() / "tests" / "check_definitions").string(),
                                        root.string()};
  if (objects) arguments.push_back(root.string());
  const CommandResult ran = Command(std::move(arguments), root).wait();
  CHECK(ran.err.empty());
  CHECK(ran.code == (ran.out.empty() ? 0 : 1));
  return ran.out;
}

std::string faults_of_pair(const std::string& one, const std::string& two) {
  const TemporaryDirectory root;
  for (const char* folder : {"bench/cells", "bench/report"}) {
    fs::create_directories(root.path() / folder);
  }
  root.write("bench/cells/a.hpp", one);
  root.write("bench/report/b.cpp", two);
  return faults_of(root.path());
}

std::string in_bench(const std::string& text) {
  return "namespace bench {\n\n" + text + "\n}  // namespace bench\n";
}

}  // namespace

TEST_CASE("no type of the tree has two definitions") { CHECK(faults_of(source_dir()).empty()); }

TEST_CASE("two types of one name are found, though all their members are implicit") {
  const std::string first = in_bench("class Scenario {\n  std::vector<int> all_;\n};\n");
  const std::string found = "bench::Scenario is defined 2 times: bench/cells/a.hpp:3, ";
  for (const char* second :
       {"struct Scenario {\n};\n", "enum class Scenario { kOne };\n", "union Scenario {};\n",
        "struct Scenario final : Base {\n};\n", "class Scenario\n    : Base {\n};\n",
        "template <class T>\nstruct Scenario {\n};\n", "struct [[nodiscard]] Scenario {\n};\n",
        "struct alignas(64) Scenario {\n};\n"}) {
    INFO(second);
    CHECK(faults_of_pair(first, in_bench(second)).starts_with(found));
  }
}

TEST_CASE("types of one name in other namespaces, declarations and specialisations pass") {
  const std::string first = in_bench("struct Scenario {\n};\n");
  CHECK(faults_of_pair(first, in_bench("struct Scenario;\n")).empty());
  CHECK(faults_of_pair(first, in_bench("template <>\nstruct Scenario<int> {\n};\n")).empty());
  CHECK(faults_of_pair(first, in_bench("struct Other {\n  struct Scenario {};\n};\n")).empty());
  CHECK(faults_of_pair(first, in_bench("namespace {\n\nstruct Scenario {\n};\n\n}  // namespace\n"))
            .empty());
  CHECK(faults_of_pair(first, in_bench("namespace inner {\nstruct Scenario {\n};\n"
                                       "}  // namespace inner\n"))
            .empty());
}

TEST_CASE(
    "inline functions and members of one name are found in objects where their code differs") {
  const TemporaryDirectory root;
  const fs::path compiler = "/usr/bin/c++";
  if (!fs::exists(compiler)) SKIP_TEST("there is no compiler on this machine");
  const auto compile = [&](const std::string& name, const std::string& body) {
    const fs::path source = root.write(
        name + ".cpp", "namespace bench {\ninline int scale(int n) { return " + body +
                           "; }\n}\nint " + name + "(int n) { return bench::scale(n); }\n");
    return Command({compiler.string(), "-O0", "-g1", "-c", source.string(), "-o", name + ".o"},
                   root.path())
        .wait()
        .code;
  };
  REQUIRE(compile("one", "n + 1") == 0);
  REQUIRE(compile("same", "n + 1") == 0);
  CHECK(faults_of(root.path(), true).empty());
  REQUIRE(compile("two", "n * n * n - 1") == 0);
  CHECK(faults_of(root.path(), true).starts_with("bench::scale(int) is defined 2 times: "));
}
