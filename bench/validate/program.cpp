#include "bench/validate/program.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/report/nearest_name.hpp"
#include "bench/report/numbers.hpp"
#include "bench/validate/steps.hpp"
#include "engine/heap/block_sizes.hpp"
#include "engine/term/term.hpp"

namespace bench::validate {
namespace {

constexpr std::array<std::string_view, 11> kModuleKinds = {
    "records",  "tuples", "lists", "maps",      "binaries", "mixed",
    "integers", "floats", "bits",  "wide_maps", "external"};

// Characters quoted from a wrong line.
constexpr std::size_t kMostQuoted = 60;

constexpr Number kMaxOption = 2'000'000;       // words of a heap and other numbers
constexpr Number kMaxFullsweepAfter = 65'535;  // 16 bits in OTP 25
constexpr Number kMaxReferenceNumbers = 5;     // of 32 bits (ERTS_MAX_REF_NUMBERS, OTP 25)

using Words = std::vector<std::string>;

Words words_of(const std::string& line) {
  std::istringstream stream(line);
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::optional<std::vector<Number>> numbers_of(const Words& words) {
  std::vector<Number> numbers;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto number = report::parse_digits(words[i]);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

bool is_option(Program& program, const Words& words) {
  const auto value = words.size() == 2 ? report::parse_digits(words[1]) : std::nullopt;
  if (!value || *value > kMaxOption) return false;
  if (words[0] == "min_heap" && *value >= Program().min_heap) {
    program.min_heap = *value;
  } else if (words[0] == "fullsweep_after" && *value <= kMaxFullsweepAfter) {
    program.fullsweep_after = *value;
  } else if (words[0] == "max_heap") {
    program.max_heap = *value;
  } else if (words[0] == "kill" && *value <= 1) {
    program.kill = *value == 1;
  } else if (words[0] == "off_heap" && *value <= 1) {
    program.off_heap = *value == 1;
  } else if (words[0] == "arguments" && *value <= kMaxListLength) {
    program.arguments = *value;
  } else {
    return false;
  }
  return true;
}

// The maximum words of a literal of `size`.
Number most_literal_words(std::string_view kind, Number size) {
  if (kind == "records") return 4 + 2 * size;
  if (kind == "tuples") return 1 + size;
  if (kind == "lists") return 2 * size;
  if (kind == "binaries") return 8 + size / beam::kWordBytes;
  if (kind == "integers" || kind == "bits") return 16 + size / 64;
  if (kind == "floats") return 4 * size;
  if (kind == "external") return 32;
  return 64 + 8 * size;  // maps, and a tuple with some of everything
}

bool is_size(std::string_view kind, Number count, Number size) {
  if (count == 0 || count > kMaxModuleWords || size == 0 || size > 64 * kMaxModuleWords)
    return false;
  // There are no more different ones.
  if (kind == "binaries" && size < 4 && count > Number{1} << (8 * size)) return false;
  if (kind == "external" && size > kMaxReferenceNumbers) return false;
  return count * most_literal_words(kind, size) <= kMaxModuleWords;
}

bool is_module(Program& program, const Words& words) {
  if (words.size() != 4 || words[0] != "module") return false;
  const auto count = report::parse_digits(words[2]);
  const auto size = report::parse_digits(words[3]);
  if (std::ranges::find(kModuleKinds, words[1]) == kModuleKinds.end() || !count || !size) {
    return false;
  }
  ModuleSpec spec{words[1], *count, *size};
  const bool again = std::ranges::find(program.modules, spec) != program.modules.end();
  if (again || program.modules.size() == kMaxModules) return false;
  if (!is_size(spec.kind, spec.count, spec.size)) return false;
  program.modules.push_back(std::move(spec));
  return true;
}

// Whether `value` can stand for `letter`; `previous` is the argument before it.
bool is_argument(char letter, Number value, Number previous, const Program& program) {
  const ArgumentKind& kind = argument_kind(letter);
  if (value < kind.least || value > kind.most) return false;
  if (letter == 'm') return value < program.modules.size();
  return letter != 'l' || value < program.modules[previous].count;
}

bool are_arguments(std::string_view letters, const std::vector<Number>& values,
                   const Program& program) {
  const bool open = letters.ends_with('+');
  const std::size_t fixed = letters.size() - (open ? 1 : 0);
  if (values.size() < letters.size() || (!open && values.size() != fixed)) return false;
  if (values.size() > fixed + kSlots) return false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const char letter = letters[std::min(i, fixed - 1)];
    if (!is_argument(letter, values[i], i == 0 ? 0 : values[i - 1], program)) return false;
  }
  return true;
}

bool is_step(Program& program, const Words& words) {
  const auto kind = std::ranges::find(step_kinds(), std::string_view(words[0]), &StepKind::name);
  const auto numbers = numbers_of(words);
  if (kind == step_kinds().end() || !numbers || program.steps.size() == kMaxSteps) return false;
  if (!are_arguments(kind->arguments, *numbers, program)) return false;
  program.steps.push_back({kind->op, *numbers});
  return true;
}

// The complaint about a word that only looks like a number; empty if none.
std::string bad_number_in(const Words& words) {
  const auto bad = std::ranges::find_if(words, [](const std::string& word) {
    return word.find_first_of("0123456789") == 0 && !report::parse_digits(word);
  });
  return bad == words.end() ? std::string() : *bad;
}

// The end of an error message about a line: what is wrong with a number, or which keyword was
// probably meant.
std::string guess(const Words& words) {
  if (const std::string bad = bad_number_in(words); !bad.empty())
    return fmt::format(": '{}' is no number, which is digits alone and begins with no zero", bad);
  const std::string& word = words[0];
  std::vector<std::string_view> known = {"min_heap", "fullsweep_after", "max_heap", "kill",
                                         "off_heap", "arguments",       "module"};
  for (const StepKind& kind : step_kinds()) known.push_back(kind.name);
  if (std::ranges::find(known, word) != known.end())
    return fmt::format(": '{}' cannot have these values here", word);
  return report::did_you_mean(word, known);
}

}  // namespace

Number frame_slots(const Program& program) noexcept {
  constexpr std::array kMatching = {Op::kMatch, Op::kTake, Op::kTail};
  const bool matches = std::ranges::any_of(program.steps, [&](const Step& step) {
    return std::ranges::find(kMatching, step.op) != kMatching.end();
  });
  return matches ? kMatchSlot + 1 : kSlots;
}

std::string step_text(const Step& step) {
  const std::string_view name = kind_of(step.op).name;
  if (step.arguments.empty()) return std::string(name);
  return fmt::format("{} {}", name, fmt::join(step.arguments, " "));
}

std::string program_text(const Program& program) {
  const Program plain;
  std::string text;
  if (program.min_heap != plain.min_heap) text += fmt::format("min_heap {}\n", program.min_heap);
  if (program.fullsweep_after != plain.fullsweep_after) {
    text += fmt::format("fullsweep_after {}\n", program.fullsweep_after);
  }
  if (program.max_heap != 0) text += fmt::format("max_heap {}\n", program.max_heap);
  if (!program.kill) text += "kill 0\n";
  if (program.off_heap) text += "off_heap 1\n";
  if (program.arguments != 0) text += fmt::format("arguments {}\n", program.arguments);
  for (const ModuleSpec& module : program.modules) {
    text += fmt::format("module {} {} {}\n", module.kind, module.count, module.size);
  }
  for (const Step& step : program.steps) text += step_text(step) + "\n";
  return text;
}

std::vector<SourceLine> source_lines(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  std::vector<SourceLine> lines;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    line = line.substr(0, line.find('#'));
    const std::size_t first = line.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) continue;
    lines.push_back(
        {number, std::string(line.substr(first, line.find_last_not_of(kBlanks) + 1 - first))});
  }
  return lines;
}

Outcome<Program> parse_lines(std::span<const SourceLine> lines, std::string name,
                             std::string_view file) {
  Program program;
  for (const SourceLine& line : lines) {
    const Words words = words_of(line.text);
    const bool head =
        program.steps.empty() && (is_option(program, words) || is_module(program, words));
    if (!head && !is_step(program, words)) {
      return Failure{fmt::format("{}: line {} is no option, module or step: {}{}", file,
                                 line.number, line.text.substr(0, kMostQuoted), guess(words))};
    }
  }
  if (program.max_heap != 0 && program.max_heap < beam::next_block_words(program.min_heap)) {
    return Failure{fmt::format("{}: max_heap of '{}' is below min_heap", file, name)};
  }
  program.name = std::move(name);
  return program;
}

Outcome<Program> parse_program(std::string_view text, const std::string& file) {
  return parse_lines(source_lines(text), file, file);
}

}  // namespace bench::validate
