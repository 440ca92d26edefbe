// Dependencies point one way: the tree is checked here by tests/check_layers, and so is the
// checker, on planted trees. What the compiled engine calls is checked by a test of its own
// (CMakeLists.txt).
#include <filesystem>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;

// What the checker says of the tree below `root`; nothing when all is well.
std::string faults_of(const fs::path& root) {
  const std::string checker = (source_dir() / "tests" / "check_layers").string();
  const CommandResult ran = Command({checker, root.string()}, root).wait();
  CHECK(ran.err.empty());
  CHECK(ran.code == (ran.out.empty() ? 0 : 1));
  return ran.out;
}

class PlantedTree {
 public:
  PlantedTree& file(const std::string& name, const std::string& text) {
    fs::create_directories((directory_.path() / name).parent_path());
    directory_.write(name, text);
    return *this;
  }
  [[nodiscard]] std::string faults() const { return faults_of(directory_.path()); }

 private:
  TemporaryDirectory directory_;
};

}  // namespace

TEST_CASE("the source tree keeps to its layers") { CHECK(faults_of(source_dir()).empty()); }

TEST_CASE("an include of any layer below passes") {
  PlantedTree tree;
  tree.file("engine/base/result.hpp", "")
      .file("engine/beam_file/a.hpp", "#include \"engine/base/result.hpp\"\n")
      .file("engine/node/a.hpp", "#include \"engine/beam_file/a.hpp\"\n")
      .file("allocators/a.hpp", "#include \"engine/node/a.hpp\"\n")
      .file("bench/cells/a.cpp", "#include \"allocators/a.hpp\"\n#include <iostream>\n")
      .file("bench/matrix/a.cpp", "#include \"bench/cells/a.cpp\"\n#include <iostream>\n");
  CHECK(tree.faults().empty());
}

TEST_CASE("an include of a layer above is found") {
  PlantedTree tree;
  tree.file("engine/gc/a.hpp", "").file("engine/heap/a.hpp", "\n#include \"engine/gc/a.hpp\"\n");
  CHECK(tree.faults() == "engine/heap/a.hpp:2: engine/heap may not include engine/gc\n");
}

TEST_CASE("an include of a layer beside is found") {
  PlantedTree tree;
  tree.file("engine/etf/a.hpp", "").file("engine/heap/a.hpp", "#include \"engine/etf/a.hpp\"\n");
  CHECK(tree.faults() == "engine/heap/a.hpp:1: engine/heap may not include engine/etf\n");
}

TEST_CASE("the engine may not include the harness nor the allocators") {
  PlantedTree tree;
  tree.file("bench/cells/a.hpp", "")
      .file("allocators/a.hpp", "")
      .file("engine/node/a.cpp", "#include \"bench/cells/a.hpp\"\n#include \"allocators/a.hpp\"\n");
  CHECK(tree.faults() == "engine/node/a.cpp:1: engine/node may not include bench/cells\n"
                         "engine/node/a.cpp:2: engine/node may not include allocators\n");
}

TEST_CASE("the allocators may not include the harness") {
  PlantedTree tree;
  tree.file("bench/cells/a.hpp", "").file("allocators/a.cpp", "#include \"bench/cells/a.hpp\"\n");
  CHECK(tree.faults() == "allocators/a.cpp:1: allocators may not include bench/cells\n");
}

TEST_CASE("a layer of the harness may not include one above it") {
  PlantedTree tree;
  tree.file("bench/report/a.hpp", "")
      .file("bench/cells/a.cpp", "#include \"bench/report/a.hpp\"\n")
      .file("bench/validate/a.hpp", "")
      .file("bench/predict/a.cpp", "#include \"bench/validate/a.hpp\"\n");
  CHECK(tree.faults() == "bench/cells/a.cpp:1: bench/cells may not include bench/report\n"
                         "bench/predict/a.cpp:1: bench/predict may not include bench/validate\n");
}

TEST_CASE("a namespace of the harness that is not its folder's is found") {
  PlantedTree tree;
  tree.file("bench/report/a.hpp", "namespace bench::report {\n}\nnamespace {\n}\n")
      .file("bench/report/b.hpp", "namespace bench {\n}\n")
      .file("bench/cells/a.hpp", "namespace bench::report {\n}\n")
      .file("bench/base/a.hpp", "namespace bench {\n}\n");
  CHECK(tree.faults() == "bench/cells/a.hpp:1: bench/cells has no namespace but bench::cells\n"
                         "bench/report/b.hpp:1: bench/report has no namespace but bench::report\n");
}

TEST_CASE("an include that is not spelled from the root is found") {
  PlantedTree tree;
  tree.file("engine/term/b.hpp", "").file("engine/term/a.hpp", "#include \"b.hpp\"\n");
  CHECK(tree.faults() == "engine/term/a.hpp:1: \"b.hpp\" is not spelled from the root\n");
}

TEST_CASE("a source in no layer is found") {
  PlantedTree tree;
  tree.file("engine/extra/a.hpp", "");
  CHECK(tree.faults() == "engine/extra/a.hpp: is in no layer\n");
}

TEST_CASE("an engine header for input or output is found") {
  PlantedTree tree;
  tree.file("engine/term/a.cpp", "#include <vector>\n#  include <cstdio>\n");
  CHECK(tree.faults() == "engine/term/a.cpp:2: the engine may not include <cstdio>\n");
}

TEST_CASE("a commented include does not count") {
  PlantedTree tree;
  tree.file("engine/term/a.cpp", "// #include <cstdio>\n");
  CHECK(tree.faults().empty());
}
