#include "tests/support/layer_rules.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>

namespace layer_rules {

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string, std::less<>>;

// Every layer, with the layers directly below it; what is below those may be included too.
const std::map<std::string, Names, std::less<>> kBelow = {
    {"engine/base", {}},
    {"engine/term", {"engine/base"}},
    {"engine/etf", {"engine/term"}},
    {"engine/beam_file", {"engine/etf"}},
    {"engine/literal", {"engine/term"}},
    {"engine/heap", {"engine/literal"}},
    {"engine/gc", {"engine/heap"}},
    {"engine/purge", {"engine/gc"}},
    {"engine/node", {"engine/purge", "engine/beam_file"}},
    {"allocators", {"engine/node"}},
    {"bench", {"allocators"}},
};

// The engine prints nothing and reads no files...
const Names kForbiddenHeaders = {"iostream", "ostream",    "istream",    "fstream",
                                 "cstdio",   "stdio.h",    "filesystem", "fcntl.h",
                                 "print",    "sys/stat.h", "fmt/core.h", "fmt/format.h"};
// ...ends no program and throws nothing.
const Names kForbiddenWords = {"throw",   "abort",  "exit",  "_exit", "quick_exit", "terminate",
                               "fprintf", "printf", "fopen", "puts",  "putchar"};

// "engine/term" of "engine/term/term.hpp", "bench" of "bench/cells/cell.hpp".
std::string layer_of(const fs::path& file) {
  auto part = file.begin();
  if (part == file.end()) return {};
  std::string top = part->string();
  if (top != "engine" || ++part == file.end()) return top;
  return top + "/" + part->string();
}

bool may_include(std::string_view from, std::string_view to) {
  if (from == to) return true;
  const auto below = kBelow.find(from);
  return below != kBelow.end() && std::ranges::any_of(below->second, [&](const auto& next) {
           return may_include(next, to);
         });
}

struct Include {
  std::string name;
  bool quoted = false;
};

// The include on a line, if it holds one.
std::optional<Include> include_on(std::string_view line) {
  const auto skip_blanks = [&] {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  };
  for (const std::string_view token : {"#", "include"}) {
    skip_blanks();
    if (!line.starts_with(token)) return std::nullopt;
    line.remove_prefix(token.size());
  }
  skip_blanks();
  if (line.empty() || (line.front() != '"' && line.front() != '<')) return std::nullopt;
  const bool quoted = line.front() == '"';
  line.remove_prefix(1);
  return Include{std::string(line.substr(0, line.find(quoted ? '"' : '>'))), quoted};
}

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  auto at = line.begin();
  while ((at = std::find_if(at, line.end(), is_word_char)) != line.end()) {
    const auto end = std::find_if_not(at, line.end(), is_word_char);
    words.emplace_back(at, end);
    at = end;
  }
  return words;
}

// Checks one file, line by line.
class FileCheck {
 public:
  FileCheck(const fs::path& root, fs::path file)
      : root_(root),
        file_(std::move(file)),
        layer_(layer_of(file_)),
        in_engine_(layer_.starts_with("engine/")) {}

  std::vector<Violation> run() {
    std::ifstream stream(root_ / file_);
    const std::string source{std::istreambuf_iterator<char>(stream), {}};
    if (!kBelow.contains(layer_)) report("is in no layer");
    std::istringstream lines(code_only(source));
    for (std::string line; std::getline(lines, line);) {
      ++line_;
      if (const auto include = include_on(line)) {
        check_include(*include);
      } else if (in_engine_) {
        check_words(line);
      }
    }
    return std::move(violations_);
  }

 private:
  void check_include(const Include& include) {
    if (!include.quoted) {
      if (in_engine_ && kForbiddenHeaders.contains(include.name)) {
        report("the engine may not include <" + include.name + ">");
      }
      return;
    }
    // The one header that the build writes.
    if (include.name == "bench/build_info.hpp" && layer_ == "bench") return;
    if (!fs::exists(root_ / include.name)) {
      report("\"" + include.name + "\" is not spelled from the root");
    } else if (const std::string to = layer_of(include.name); !may_include(layer_, to)) {
      report(layer_ + " may not include " + to);
    }
  }

  void check_words(const std::string& line) {
    for (const std::string& word : words_of(line)) {
      if (kForbiddenWords.contains(word)) report("the engine may not say '" + word + "'");
    }
  }

  void report(std::string what) { violations_.push_back({file_.string(), line_, std::move(what)}); }

  const fs::path& root_;
  fs::path file_;
  std::string layer_;
  bool in_engine_;
  std::size_t line_ = 0;
  std::vector<Violation> violations_;
};

std::vector<fs::path> sources_below(const fs::path& root) {
  std::vector<fs::path> files;
  for (const char* top : {"engine", "allocators", "bench"}) {
    if (!fs::exists(root / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (extension == ".hpp" || extension == ".cpp") {
        files.push_back(entry.path().lexically_relative(root));
      }
    }
  }
  std::ranges::sort(files);
  return files;
}

// Where the literal or comment that begins at `at` ends (one past it), or `at` if none begins
// there.
std::size_t end_of_blank(const std::string& source, std::size_t at) {
  const auto after = [&](std::string_view mark, std::size_t from) {
    const std::size_t found = source.find(mark, from);
    return found == std::string::npos ? source.size() : found + mark.size();
  };
  const std::string_view rest = std::string_view(source).substr(at);
  if (rest.starts_with("//")) return std::min(source.find('\n', at), source.size());
  if (rest.starts_with("/*")) return after("*/", at + 2);
  if (rest.starts_with("R\"(")) return after(")\"", at + 3);
  // An apostrophe inside a number separates digits.
  const bool separator = rest.front() == '\'' && at > 0 && is_word_char(source[at - 1]);
  if (separator || (rest.front() != '"' && rest.front() != '\'')) return at;
  std::size_t end = at + 1;
  while (end < source.size() && source[end] != rest.front()) end += source[end] == '\\' ? 2U : 1U;
  return std::min(end + 1, source.size());
}

bool begins_include(const std::string& source, std::size_t at) {
  if (at > 0 && source[at - 1] != '\n') return false;
  const std::size_t end = std::min(source.find('\n', at), source.size());
  return include_on(std::string_view(source).substr(at, end - at)).has_value();
}

}  // namespace

std::string code_only(const std::string& source) {
  std::string code = source;
  for (std::size_t at = 0; at < source.size();) {
    if (begins_include(source, at)) {
      at = std::min(source.find('\n', at), source.size());
      continue;
    }
    const std::size_t end = end_of_blank(source, at);
    for (std::size_t i = at; i < end; ++i) {
      if (code[i] != '\n') code[i] = ' ';
    }
    at = std::max(end, at + 1);
  }
  return code;
}

std::vector<Violation> check(const fs::path& root) {
  std::vector<Violation> all;
  for (const fs::path& file : sources_below(root)) {
    const auto found = FileCheck(root, file).run();
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

std::string describe(const std::vector<Violation>& violations) {
  std::ostringstream text;
  for (const auto& violation : violations) {
    text << violation.file << ":" << violation.line << ": " << violation.what << "\n";
  }
  return text.str();
}

}  // namespace layer_rules
