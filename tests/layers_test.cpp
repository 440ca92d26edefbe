// Dependencies point one way: the tree is checked here, and so is the checker, on planted trees.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/layer_rules.hpp"
#include "tests/support/paths.hpp"

namespace {

namespace fs = std::filesystem;
using layer_rules::Violation;

// A source tree in a temporary directory, gone with this object.
class PlantedTree {
 public:
  PlantedTree() {
    std::string name = (fs::temp_directory_path() / "purgebench-layers-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    root_ = name;
  }
  PlantedTree(const PlantedTree&) = delete;
  PlantedTree& operator=(const PlantedTree&) = delete;
  ~PlantedTree() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  PlantedTree& file(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
    return *this;
  }

  [[nodiscard]] std::vector<Violation> check() const { return layer_rules::check(root_); }

 private:
  fs::path root_;
};

std::vector<Violation> one(const std::string& file, std::size_t line, const std::string& what) {
  return {{file, line, what}};
}

}  // namespace

TEST_CASE("the source tree keeps to its layers") {
  const auto violations = layer_rules::check(source_dir());
  INFO(layer_rules::describe(violations));
  CHECK(violations.empty());
}

TEST_CASE("an include of any layer below passes") {
  PlantedTree tree;
  tree.file("engine/base/result.hpp", "")
      .file("engine/beam_file/a.hpp", "#include \"engine/base/result.hpp\"\n")
      .file("engine/node/a.hpp", "#include \"engine/beam_file/a.hpp\"\n")
      .file("allocators/a.hpp", "#include \"engine/node/a.hpp\"\n")
      .file("bench/cells/a.cpp", "#include \"allocators/a.hpp\"\n#include <iostream>\n");
  CHECK(tree.check().empty());
}

TEST_CASE("an include of a layer above is found") {
  PlantedTree tree;
  tree.file("engine/gc/a.hpp", "").file("engine/heap/a.hpp", "\n#include \"engine/gc/a.hpp\"\n");
  CHECK(tree.check() == one("engine/heap/a.hpp", 2, "engine/heap may not include engine/gc"));
}

TEST_CASE("an include of a layer beside is found") {
  PlantedTree tree;
  tree.file("engine/etf/a.hpp", "").file("engine/heap/a.hpp", "#include \"engine/etf/a.hpp\"\n");
  CHECK(tree.check() == one("engine/heap/a.hpp", 1, "engine/heap may not include engine/etf"));
}

TEST_CASE("the engine may not include the harness nor the allocators") {
  PlantedTree tree;
  tree.file("bench/a.hpp", "").file("engine/node/a.cpp", "#include \"bench/a.hpp\"\n");
  CHECK(tree.check() == one("engine/node/a.cpp", 1, "engine/node may not include bench"));
}

TEST_CASE("the allocators may not include the harness") {
  PlantedTree tree;
  tree.file("bench/a.hpp", "").file("allocators/a.cpp", "#include \"bench/a.hpp\"\n");
  CHECK(tree.check() == one("allocators/a.cpp", 1, "allocators may not include bench"));
}

TEST_CASE("an include that is not spelled from the root is found") {
  PlantedTree tree;
  tree.file("engine/term/b.hpp", "").file("engine/term/a.hpp", "#include \"b.hpp\"\n");
  CHECK(tree.check() == one("engine/term/a.hpp", 1, "\"b.hpp\" is not spelled from the root"));
}

TEST_CASE("a source in no layer is found") {
  PlantedTree tree;
  tree.file("engine/extra/a.hpp", "");
  CHECK(tree.check() == one("engine/extra/a.hpp", 0, "is in no layer"));
}

TEST_CASE("an engine header for input or output is found") {
  PlantedTree tree;
  tree.file("engine/term/a.cpp", "#include <vector>\n#  include <cstdio>\n");
  CHECK(tree.check() == one("engine/term/a.cpp", 2, "the engine may not include <cstdio>"));
}

TEST_CASE("an engine that throws or ends the program is found") {
  PlantedTree tree;
  tree.file("engine/term/a.cpp", "void f() {\n  throw 1;\n}\nvoid g() { std::abort(); }\n");
  CHECK(tree.check() ==
        std::vector<Violation>{{"engine/term/a.cpp", 2, "the engine may not say 'throw'"},
                               {"engine/term/a.cpp", 4, "the engine may not say 'abort'"}});
}

TEST_CASE("forbidden words in comments, strings and longer names pass") {
  PlantedTree tree;
  tree.file("engine/term/a.cpp", "// throw\n/* abort\n exit */ int at_exit = 1'000;\n"
                                 "const char* s = \"throw \\\" abort\"; char c = '\"'; // exit\n"
                                 "const char* r = R\"(printf \" )\";\n");
  CHECK(tree.check().empty());
}

TEST_CASE("a commented include does not count") {
  PlantedTree tree;
  tree.file("engine/term/a.cpp", "// #include <cstdio>\n/*\n#include \"bench/a.hpp\"\n*/\n");
  CHECK(tree.check().empty());
}
