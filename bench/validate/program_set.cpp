#include "bench/validate/program_set.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "engine/base/result.hpp"

namespace bench::validate {
namespace {

// Limit of one program or text: its options, modules and steps, with some slack.
constexpr std::size_t kMaxLines = 2 * kMaxSteps;

using Lines = std::vector<SourceLine>;

struct Case {
  std::string name;
  Lines lines;
};

// The meaning of {NAME}. A text has one case and is not used in program names.
struct Choice {
  bool is_text = false;
  std::vector<Case> cases;
};

// The selected case of each choice, by the choice's name.
using Taken = std::map<std::string, const Case*, std::less<>>;

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text;
}

// The position of a {NAME} in a line, braces included.
struct Placeholder {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view name;
};

std::vector<Placeholder> placeholders_of(std::string_view text) {
  std::vector<Placeholder> found;
  for (std::size_t at = 0;;) {
    const std::size_t open = text.find('{', at);
    const std::size_t close = text.find('}', std::min(open, text.size()));
    if (close == std::string_view::npos) return found;
    found.push_back({open, close + 1, text.substr(open + 1, close - open - 1)});
    at = close + 1;
  }
}

Failure failure_at(const std::string& file, const SourceLine& line, std::string_view what) {
  return Failure{fmt::format("{}: line {} {}", file, line.number, what)};
}

// The texts and choices of a file.
class Definitions {
 public:
  explicit Definitions(const std::string& file) : file_(file) {}

  Outcome<Done> define(const SourceLine& name, bool is_text) {
    const auto [at, is_new] = choices_.try_emplace(name.text);
    if (!is_new) return failure_at(file_, name, fmt::format("defines '{}' again", name.text));
    at->second.is_text = is_text;
    last_ = &at->second;
    return Done{};
  }
  [[nodiscard]] bool has_open_choice() const { return last_ != nullptr && !last_->is_text; }
  // Adds a case to the last defined choice, or the lines of the last text.
  void add_case(Case added) { last_->cases.push_back(std::move(added)); }

  // The choices used in a program's name and lines, in that order.
  [[nodiscard]] Outcome<std::vector<std::string>> mentioned(const Lines& lines) const {
    std::vector<std::string> names;
    for (const SourceLine& line : lines) {
      for (const Placeholder& placeholder : placeholders_of(line.text)) {
        const Choice* const known = find(placeholder.name);
        if (known == nullptr) return undefined(line, placeholder);
        const bool seen = std::ranges::find(names, placeholder.name) != names.end();
        if (!known->is_text && !seen) names.emplace_back(placeholder.name);
      }
    }
    return names;
  }
  [[nodiscard]] const std::vector<Case>& cases_of(const std::string& choice) const {
    return choices_.at(choice).cases;
  }

  [[nodiscard]] Outcome<std::string> name_of(const SourceLine& name, const Taken& taken) const {
    std::string text;
    std::size_t at = 0;
    for (const Placeholder& placeholder : placeholders_of(name.text)) {
      const auto choice = taken.find(placeholder.name);
      if (choice == taken.end()) return failure_at(file_, name, "has a text within a name");
      text.append(name.text, at, placeholder.begin - at);
      text += choice->second->name;
      at = placeholder.end;
    }
    return text.append(name.text, at);
  }

  // `lines` with placeholders replaced.
  [[nodiscard]] Outcome<Lines> expand(const Lines& lines, const Taken& taken) const {
    Lines expanded;
    for (const SourceLine& line : lines) {
      BEAM_CHECK(expand_line(line, taken, expanded));
      if (expanded.size() > kMaxLines) {
        return failure_at(file_, line, fmt::format("makes more than {} lines", kMaxLines));
      }
    }
    return expanded;
  }

 private:
  [[nodiscard]] const Choice* find(std::string_view name) const {
    const auto known = choices_.find(name);
    return known == choices_.end() || known->second.cases.empty() ? nullptr : &known->second;
  }
  [[nodiscard]] Failure undefined(const SourceLine& line, const Placeholder& placeholder) const {
    return failure_at(file_, line,
                      fmt::format("has {{{}}}, which nothing before it defines", placeholder.name));
  }

  Outcome<Done> expand_line(const SourceLine& line, const Taken& taken, Lines& expanded) const {
    std::string text;
    std::size_t at = 0;
    for (const Placeholder& placeholder : placeholders_of(line.text)) {
      const Lines* const meant = lines_of(placeholder.name, taken);
      if (meant == nullptr) return undefined(line, placeholder);
      if (placeholder.begin == 0 && placeholder.end == line.text.size()) {
        expanded.insert(expanded.end(), meant->begin(), meant->end());
        return Done{};
      }
      if (meant->size() != 1) {
        return failure_at(
            file_, line,
            fmt::format("has {{{}}} within it, which is not one line", placeholder.name));
      }
      text.append(line.text, at, placeholder.begin - at);
      text += meant->front().text;
      at = placeholder.end;
    }
    expanded.push_back({line.number, text.append(line.text, at)});
    return Done{};
  }

  // Null: unknown name, or a choice without a selected case.
  [[nodiscard]] const Lines* lines_of(std::string_view name, const Taken& taken) const {
    const auto choice = taken.find(name);
    if (choice != taken.end()) return &choice->second->lines;
    const Choice* const known = find(name);
    return known != nullptr && known->is_text ? &known->cases.front().lines : nullptr;
  }

  const std::string& file_;
  std::map<std::string, Choice, std::less<>> choices_;
  Choice* last_ = nullptr;
};

class SetParser {
 public:
  explicit SetParser(const std::string& file) : file_(file), definitions_(file) {}

  Outcome<std::vector<Program>> parse(std::string_view text) {
    for (const SourceLine& line : source_lines(text)) {
      BEAM_CHECK(take(line));
    }
    BEAM_CHECK(end_block());
    return std::move(programs_);
  }

 private:
  enum class Block { kNone, kText, kChoice, kCase, kProgram };

  static Block block_of(std::string_view word) {
    if (word == "text") return Block::kText;
    if (word == "choice") return Block::kChoice;
    if (word == "case") return Block::kCase;
    return word == "program" ? Block::kProgram : Block::kNone;
  }

  Outcome<Done> take(const SourceLine& line) {
    const std::string_view text = line.text;
    const std::size_t blank = std::min(text.find_first_of(" \t"), text.size());
    const Block block = block_of(text.substr(0, blank));
    if (block != Block::kNone) {
      return begin(block, {line.number, std::string(trimmed(text.substr(blank)))});
    }
    if (lines_.size() == kMaxLines) {
      return failure_at(file_, line, fmt::format("is behind {} others of a block", kMaxLines));
    }
    lines_.push_back(line);
    return Done{};
  }

  Outcome<Done> begin(Block block, SourceLine name) {
    if (auto ended = end_block(); !ended) return ended;
    block_ = block;
    has_blocks_ = true;
    name_ = std::move(name);
    if (name_.text.empty()) return failure_at(file_, name_, "names nothing");
    if (block == Block::kText || block == Block::kChoice) {
      return definitions_.define(name_, block == Block::kText);
    }
    if (block == Block::kCase && !definitions_.has_open_choice()) {
      return failure_at(file_, name_, "is a case of no choice");
    }
    return Done{};
  }

  Outcome<Done> end_block() {
    Lines lines = std::exchange(lines_, {});
    switch (block_) {
      case Block::kText: {
        BEAM_TRY(auto expanded, definitions_.expand(lines, {}));
        definitions_.add_case({name_.text, std::move(expanded)});
        return Done{};
      }
      case Block::kCase:
        if (lines.empty()) lines.push_back(name_);
        definitions_.add_case({name_.text, std::move(lines)});
        return Done{};
      case Block::kProgram:
        return add_all(lines);
      default:
        break;
    }
    if (lines.empty()) return Done{};
    if (has_blocks_) return failure_at(file_, lines.front(), "stands in no case, text or program");
    return add({1, file_}, lines);
  }

  // Adds one program for each combination of the choices, which are counted up like digits.
  Outcome<Done> add_all(const Lines& lines) {
    Lines all = {name_};
    all.insert(all.end(), lines.begin(), lines.end());
    BEAM_TRY(const auto choices, definitions_.mentioned(all));
    std::vector<std::size_t> digits(choices.size(), 0);
    for (;;) {
      Taken taken;
      for (std::size_t i = 0; i < digits.size(); ++i) {
        const std::string& choice = choices[i];
        taken[choice] = &definitions_.cases_of(choice)[digits[i]];
      }
      if (auto added = add_one(lines, taken); !added) return added;
      std::size_t at = 0;
      while (at < digits.size() && ++digits[at] == definitions_.cases_of(choices[at]).size()) {
        digits[at++] = 0;
      }
      if (at == digits.size()) return Done{};
    }
  }

  Outcome<Done> add_one(const Lines& lines, const Taken& taken) {
    BEAM_TRY(const auto name, definitions_.name_of(name_, taken));
    BEAM_TRY(const auto expanded, definitions_.expand(lines, taken));
    return add({name_.number, name}, expanded);
  }

  Outcome<Done> add(const SourceLine& name, const Lines& lines) {
    all_lines_ += 1 + lines.size();
    if (all_lines_ > kMaxProgramLines) {
      return failure_at(
          file_, name,
          fmt::format("makes programs of more than {} lines in all", kMaxProgramLines));
    }
    if (!names_.insert(name.text).second) {
      return failure_at(file_, name, fmt::format("makes a second program '{}'", name.text));
    }
    BEAM_TRY(auto program, parse_lines(lines, name.text, file_));
    if (program.steps.empty()) {
      return failure_at(file_, name, fmt::format("makes a program without steps, '{}'", name.text));
    }
    programs_.push_back(std::move(program));
    return Done{};
  }

  const std::string& file_;
  Definitions definitions_;
  Block block_ = Block::kNone;
  bool has_blocks_ = false;
  SourceLine name_;  // of the block
  Lines lines_;      // of the block
  std::size_t all_lines_ = 0;
  std::set<std::string> names_;
  std::vector<Program> programs_;
};

}  // namespace

Outcome<std::vector<Program>> parse_programs(std::string_view text, const std::string& file) {
  return SetParser(file).parse(text);
}

}  // namespace bench::validate
