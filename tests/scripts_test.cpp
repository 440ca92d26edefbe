// The scripts, as far as they can be tried without what they install and build.
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

CommandResult run_script(const std::string& script, const std::vector<std::string>& arguments) {
  const TemporaryDirectory elsewhere;
  std::vector<std::string> all = {(source_dir() / script).string()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return Command(all, elsewhere.path()).wait();
}

void check_refused(const std::string& script, const std::vector<std::string>& arguments,
                   const std::string& sentence) {
  const auto result = run_script(script, arguments);
  INFO(script);
  CHECK(result.code == 2);
  CHECK(result.out.empty());
  CHECK(result.err == "purgebench: " + sentence + "\n");
}

TEST_CASE("every script prints its help, which fits a terminal of 80 columns, and does no more") {
  for (const std::string script :
       {"scripts/bench", "scripts/compare-beam", "scripts/scaling", "scripts/test"}) {
    for (const std::string flag : {"--help", "-h"}) {
      const auto help = run_script(script, {flag});
      INFO(script << ' ' << flag << " said: " << help.err);
      CHECK(help.code == 0);
      CHECK(help.err.empty());
      CHECK(help.out.starts_with(script + " "));
      std::istringstream lines(help.out);
      for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
    }
  }
}

TEST_CASE("a script asked for help among other arguments prints it") {
  CHECK(run_script("scripts/compare-beam", {"gc", "--help"}).out ==
        run_script("scripts/compare-beam", {"--help"}).out);
}

TEST_CASE("a script refuses what it does not take, and says what that is") {
  check_refused("scripts/compare-beam", {},
                "it compares gc, purge or memory, not '' (see scripts/compare-beam --help)");
  check_refused("scripts/compare-beam", {"cg"},
                "it compares gc, purge or memory, not 'cg' (see scripts/compare-beam --help)");
  check_refused("scripts/compare-beam", {"gc", "9", "8"},
                "gc takes no argument '8' (see scripts/compare-beam --help)");
  check_refused("scripts/compare-beam", {"gc", "0"}, "PAIRS is a number from 1 to 99, not '0'");
  check_refused("scripts/compare-beam", {"memory", "5", "x"},
                "GIB is a number from 1 to 99, not 'x'");
  check_refused("scripts/scaling", {"5", "6"},
                "INVOCATIONS is a number from 1 to 99, not '5 6' (see scripts/scaling --help)");
  check_refused("scripts/test", {"relase"}, "no such part: relase; see scripts/test --help");
}

}  // namespace
