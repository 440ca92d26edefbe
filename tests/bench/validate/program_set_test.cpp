// Many programs in one text.
#include <string>
#include <string_view>
#include <vector>

#include "bench/validate/program_files.hpp"
#include "bench/validate/program_set.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace bench::validate;

std::string refusal(std::string_view text) {
  const auto programs = parse_programs(text, "f");
  return programs ? "" : programs.failure().sentence;
}

// "name: step step" of every program.
std::vector<std::string> programs_of(std::string_view text) {
  const auto programs = parse_programs(text, "f");
  REQUIRE(programs);
  std::vector<std::string> all;
  for (const Program& program : programs.value()) {
    all.push_back(program.name + ":");
    for (const Step& step : program.steps) all.back() += " " + step_text(step);
  }
  return all;
}

using Texts = std::vector<std::string>;

TEST_CASE("a text without blocks is one program, named after its file") {
  CHECK(programs_of("# one\nmajor\nminor\n") == Texts{"f: major minor"});
}

TEST_CASE("a text of nothing has no programs") {
  CHECK(programs_of("").empty());
  CHECK(programs_of("# nothing\n\n").empty());
}

TEST_CASE("a program begins where its block does and ends where the next one begins") {
  CHECK(programs_of("program a b\n major\n\nprogram c\n minor\n minor\n") ==
        Texts{"a b: major", "c: minor minor"});
}

TEST_CASE("a text stands for its lines") {
  CHECK(programs_of("text twice\nminor\nminor\nprogram p\nmajor\n{twice}\nmajor\n") ==
        Texts{"p: major minor minor major"});
}

TEST_CASE("a text may have a text in it that came before") {
  CHECK(programs_of("text one\nminor\ntext two\n{one}\n{one}\nprogram p\n{two}\n{one}\n") ==
        Texts{"p: minor minor minor"});
  CHECK(refusal("text two\n{one}\ntext one\nminor\n") ==
        "f: line 2 has {one}, which nothing before it defines");
  CHECK(refusal("text one\n{one}\n") == "f: line 2 has {one}, which nothing before it defines");
}

TEST_CASE("a program is made once for each case of a choice") {
  CHECK(programs_of("choice n\ncase few\nlist 0 1\ncase many\nlist 0 9\nprogram p/{n}\n{n}\n") ==
        Texts{"p/few: list 0 1", "p/many: list 0 9"});
}

TEST_CASE("a case without lines is a line itself") {
  CHECK(programs_of("choice n\ncase list 0 1\ncase major\nprogram p/{n}\n{n}\n{n}\n") ==
        Texts{"p/list 0 1: list 0 1 list 0 1", "p/major: major major"});
}

TEST_CASE("a case of one line may stand within a line") {
  CHECK(programs_of("choice n\ncase 1\ncase 2\nprogram p/{n}\nlist {n} 5\n") ==
        Texts{"p/1: list 1 5", "p/2: list 2 5"});
  CHECK(refusal("choice n\ncase 1\nmajor\nminor\nprogram p/{n}\nlist {n} 5\n") ==
        "f: line 6 has {n} within it, which is not one line");
}

TEST_CASE("two choices make every combination") {
  CHECK(programs_of("choice a\ncase 1\ncase 2\nchoice b\ncase 3\ncase 4\ncase 5\n"
                    "program {a}{b}\nlist {a} {b}\n") == Texts{"13: list 1 3", "23: list 2 3",
                                                               "14: list 1 4", "24: list 2 4",
                                                               "15: list 1 5", "25: list 2 5"});
}

TEST_CASE("a choice that a program does not mention does not multiply it") {
  CHECK(programs_of("choice a\ncase 1\ncase 2\nprogram p\nmajor\n") == Texts{"p: major"});
}

TEST_CASE("programs of one name are refused") {
  CHECK(refusal("program p\nmajor\nprogram p\nminor\n") == "f: line 3 makes a second program 'p'");
  CHECK(refusal("choice a\ncase 1\ncase 2\nprogram p\nlist {a} 5\n") ==
        "f: line 4 makes a second program 'p'");
}

TEST_CASE("a block that makes no sense is refused by its line") {
  CHECK(refusal("case a\n") == "f: line 1 is a case of no choice");
  CHECK(refusal("text t\nmajor\ncase a\n") == "f: line 3 is a case of no choice");
  CHECK(refusal("program\nmajor\n") == "f: line 1 names nothing");
  CHECK(refusal("choice a\nmajor\n") == "f: line 2 stands in no case, text or program");
  CHECK(refusal("choice a\nchoice a\n") == "f: line 2 defines 'a' again");
  CHECK(refusal("text a\nmajor\nchoice a\n") == "f: line 3 defines 'a' again");
  CHECK(refusal("choice a\nprogram p\n{a}\n") ==
        "f: line 3 has {a}, which nothing before it defines");
  CHECK(refusal("program p {x}\nmajor\n") == "f: line 1 has {x}, which nothing before it defines");
  CHECK(refusal("text t\nmajor\nprogram p {t}\nmajor\n") == "f: line 3 has a text within a name");
  CHECK(refusal("program p\n") == "f: line 1 makes a program without steps, 'p'");
  CHECK(refusal("major\nprogram p\nmajor\n").empty());
}

TEST_CASE("a wrong step of a program is refused by the line that it came from") {
  CHECK(refusal("choice a\ncase x\njump\nprogram p/{a}\nmajor\n{a}\n") ==
        "f: line 3 is no option, module or step: jump");
  CHECK(refusal("choice a\ncase 9\nprogram p/{a}\nmajor\nlist {a} 5\n") ==
        "f: line 5 is no option, module or step: list 9 5: 'list' cannot have these values here");
}

TEST_CASE("what grows without end is refused") {
  std::string text = "text t0\nmajor\nmajor\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "{t" + std::to_string(i - 1) + "}\n";
    text += "text t" + std::to_string(i) + "\n" + before + before;
  }
  CHECK(refusal(text).find("makes more than 2000 lines") != std::string::npos);
  std::string names;
  std::string choices;
  for (int i = 0; i < 20; ++i) {
    const std::string name = "c" + std::to_string(i);
    choices += "choice " + name + "\ncase 0\ncase 1\ncase 2\n";
    names += "{" + name + "}";
  }
  CHECK(refusal(choices + "program " + names + "\nmajor\n").find("in all") != std::string::npos);
}

TEST_CASE("every file of the named set is read") {
  CHECK(program_files().size() >= 20);
  for (const ProgramFile& file : program_files()) {
    INFO(file.name);
    CHECK(parse_programs(file.text, std::string(file.name)).ok());
  }
}

}  // namespace
