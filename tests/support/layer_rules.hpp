// Which part of the tree may include which, and what the engine may not touch: the rules, as data,
// and a checker that reads a source tree and says where it breaks them. It works on text: comments,
// strings and character literals are blanked, the rest is looked at word by word.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace layer_rules {

struct Violation {
  std::string file;  // relative to the checked root
  std::size_t line = 0;
  std::string what;

  friend bool operator==(const Violation&, const Violation&) = default;
};

// Violations in engine/, allocators/ and bench/ below `root`, by file and line.
std::vector<Violation> check(const std::filesystem::path& root);

// "file:line: what", one line each.
std::string describe(const std::vector<Violation>& violations);

// `source` with comments, string and character literals turned to blanks; lines stay where they
// are. The names in #include lines are kept.
std::string code_only(const std::string& source);

}  // namespace layer_rules
