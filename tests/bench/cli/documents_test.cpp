// What the command line tells other programs of itself: a page for man, completions for shells.
#include <algorithm>
#include <sstream>

#include "allocators/registry.hpp"
#include "bench/matrix/axes.hpp"
#include "bench/matrix/settings.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

const Words kCommands = {"run",      "inspect", "predict", "compare", "show",
                         "validate", "micro",   "list",    "help"};

std::string document(const std::string& kind) {
  const TemporaryDirectory directory;
  const auto result = run_purgebench({"help", "--generate", kind}, directory.path());
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  return result.out;
}

bool is_installed(const char* program) {
  return fs::exists(fs::path("/usr/bin") / program) || fs::exists(fs::path("/bin") / program);
}

// What bash offers for the last of `words`.
Words offered(const Words& words) {
  const TemporaryDirectory directory;
  const fs::path script = directory.write("completion", document("bash"));
  std::string line = "source " + script.string() + "; COMP_WORDS=(";
  for (const std::string& word : words) line += "'" + word + "' ";
  // Outside of a completion the shell complains of its options.
  line += "); COMP_CWORD=" + std::to_string(words.size() - 1) +
          "; _purgebench 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"";
  const auto result = Command({"/bin/bash", "--norc", "-c", line}, directory.path()).wait();
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  Words offers;
  std::istringstream lines(result.out);
  for (std::string offer; std::getline(lines, offer);)
    if (!offer.empty()) offers.push_back(offer);
  return offers;
}

bool has(const Words& words, std::string_view word) { return std::ranges::count(words, word) == 1; }

TEST_CASE("the page for man has every command and every flag of run") {
  const std::string page = document("man");
  for (const std::string& command : kCommands) {
    INFO(command);
    CHECK(page.find("\n.SS " + command + "\n") != std::string::npos);
  }
  for (const auto flags : {bench::matrix::axis_flags(), bench::matrix::setting_flags()}) {
    for (const auto& flag : flags) {
      std::string name(flag.name);
      for (std::size_t at = 0; (at = name.find('-', at)) != std::string::npos; at += 2)
        name.insert(at, "\\");
      INFO(name);
      CHECK(page.find("\\fB" + name + "\\fR") != std::string::npos);
    }
  }
}

TEST_CASE("man formats the page without a warning") {
  if (!is_installed("man")) SKIP_TEST("there is no man on this machine");
  const TemporaryDirectory directory;
  const fs::path page = directory.write("purgebench.1", document("man"));
  const auto result =
      Command({"/bin/sh", "-c", "MANWIDTH=80 man --warnings -l " + page.string()}, directory.path())
          .wait();
  if (result.code == 0 && result.out.empty()) SKIP_TEST("man formats nothing on this machine");
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  CHECK(result.out.find("the cost of purging a reloaded module") != std::string::npos);
}

TEST_CASE("bash completes commands, and flags of the one that was typed") {
  const Words commands = offered({"purgebench", ""});
  for (const std::string& command : kCommands) CHECK(has(commands, command));
  CHECK(has(commands, "--version"));
  CHECK(offered({"purgebench", "pre"}) == Words{"predict"});
  CHECK(offered({"purgebench", "help", "sh"}) == Words{"show"});
  CHECK(offered({"purgebench", "run", "--bys"}) == Words{"--bystanders"});
  CHECK(offered({"purgebench", "list", "--bys"}).empty());
}

TEST_CASE("bash completes what a flag takes, also as the last of a list") {
  CHECK(offered({"purgebench", "run", "--blocks", "m"}) == Words{"malloc", "mmap"});
  CHECK(offered({"purgebench", "run", "--blocks", "erts,mm"}) == Words{"erts,mmap"});
  CHECK(offered({"purgebench", "run", "--holders", ""}).empty());
  CHECK(offered({"purgebench", "help", "--generate", "z"}) == Words{"zsh"});
  const Words allocators = offered({"purgebench", "run", "--resume", "--allocator", ""});
  for (const auto* const each : ::allocators::registry()) CHECK(has(allocators, each->name));
}

TEST_CASE("bash completes the names of files for what takes one") {
  const TemporaryDirectory directory;
  directory.write("table.beam", "");
  const std::string begun = (directory.path() / "tab").string();
  const Words whole = {(directory.path() / "table.beam").string()};
  CHECK(offered({"purgebench", "predict", begun}) == whole);
  CHECK(offered({"purgebench", "run", "--module", begun}) == whole);
}

TEST_CASE("zsh takes the completion for it") {
  const std::string text = document("zsh");
  CHECK(text.starts_with("#compdef purgebench\n"));
  for (const std::string& command : kCommands)
    CHECK(text.find("\n    " + command + ")\n") != std::string::npos);
  if (!is_installed("zsh")) SKIP_TEST("there is no zsh on this machine");
  const TemporaryDirectory directory;
  const fs::path script = directory.write("_purgebench", text);
  const auto result = Command({"/usr/bin/zsh", "-n", script.string()}, directory.path()).wait();
  CHECK(result.code == 0);
  CHECK(result.err.empty());
}

TEST_CASE("a document that there is not is refused, and so is one of a single command") {
  const TemporaryDirectory directory;
  const auto kind = run_purgebench({"help", "--generate", "zhs"}, directory.path());
  CHECK(kind.code == 2);
  CHECK(kind.err ==
        "purgebench: --generate takes man, bash or zsh, not 'zhs': did you mean 'zsh'?\n");
  const auto one = run_purgebench({"help", "run", "--generate", "man"}, directory.path());
  CHECK(one.code == 2);
  CHECK(one.out.empty());
}

}  // namespace
