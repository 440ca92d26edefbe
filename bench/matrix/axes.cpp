#include "bench/matrix/axes.hpp"

#include <algorithm>
#include <array>

#include "allocators/elf_file.hpp"
#include "bench/matrix/limits.hpp"
#include "bench/matrix/values.hpp"
#include "bench/report/nearest_name.hpp"
#include "engine/purge/registry.hpp"

namespace bench {
namespace {

constexpr std::array<Flag, 15> kAxisFlags = {{
    {"--strategy", "NAME,..", "How a purge copies what is held [otp]"},
    {"--allocator", "NAME,..", "NAME[:PRESET|:VAR=VALUE;..], or [NAME=]PATH [glibc]"},
    {"--blocks", "NAME,..", "Heap blocks come from malloc, mmap, erts [malloc]"},
    {"--temp", "NAME,..", "Temporary copies come from kept, malloc [kept]"},
    {"--thp", "NAME,..", "Transparent huge pages: system, off [system]"},
    {"--area-words", "N,..", "Words of the literal area [100k]", kAreaWords},
    {"--term-words", "N,..", "Words per literal; the last is padded [28]", kTermWords},
    {"--shape", "NAME,..", "records, list, tuples, maps, binaries, graph [records]"},
    {"--module", "FILE,..", "[NAME=]FILE: a .beam file's area, in place of these"},
    {"--held-words", "N,..", "A holder holds whole literals of at least N [one]", kHeldWords},
    {"--holders", "N,..", "Processes that hold literals [100]", kProcesses},
    {"--bystanders", "N,..", "Processes that hold none [100]", kProcesses},
    {"--heap-words", "N,..", "Live words of own data in every process [0]", kHeapWords},
    {"--touch-pages", "N,..", "Pages touched besides, to check the readings [0]", kTouchPages},
    {"--schedulers", "N,..", "Threads that purge [1]", kSchedulers},
}};

constexpr std::array<std::string_view, 3> kBlocks = {"malloc", "mmap", "erts"};
constexpr std::array<std::string_view, 2> kTemps = {"kept", "malloc"};
constexpr std::array<std::string_view, 2> kThps = {"system", "off"};
constexpr std::array<std::string_view, 6> kShapes = {"records", "list",     "tuples",
                                                     "maps",    "binaries", "graph"};

using Words = std::vector<std::string>;

std::vector<std::string_view> strategy_names() {
  std::vector<std::string_view> names;
  for (const auto& entry : beam::purge_strategies()) names.push_back(entry.name);
  return names;
}

// Every name that an allocator or a tuned one can be given by.
Words allocator_names() {
  Words names;
  for (const auto* const each : ::allocators::registry()) {
    names.emplace_back(each->name);
    if (!each->alias.empty()) names.emplace_back(each->alias);
    for (const auto& preset : each->presets)
      names.push_back(std::string(each->name) + ":" + std::string(preset.name));
  }
  return names;
}

Failure unknown_allocator(std::string_view flag, std::string_view value,
                          const std::string& reason) {
  const Words names = allocator_names();
  const std::vector<std::string_view> known(names.begin(), names.end());
  return Failure{std::string(flag) + ": " + reason + did_you_mean(value, known)};
}

// A path that names no library at all is a slip of the pen. Whether the loader takes the library is
// seen in its cell.
Outcome<Done> check_library(std::string_view flag, const ::allocators::Choice& choice) {
  if (choice.allocator != nullptr) return Done{};
  const std::string why = ::allocators::why_not_elf(choice.path);
  if (why.empty()) return Done{};
  return Failure{std::string(flag) + " " + choice.path + ": " + why};
}

Outcome<Words> parse_allocators(std::string_view flag, std::string_view text) {
  auto list = parse_list(flag, text);
  if (!list) return list.failure();
  Words names;
  Words choices;
  for (const std::string& value : list.value()) {
    const auto choice = ::allocators::parse_choice(value);
    if (!choice) return unknown_allocator(flag, value, choice.reason());
    if (auto there = check_library(flag, choice.value()); !there) return there.failure();
    std::string name = choice.value().name();
    if (std::ranges::find(names, name) != names.end()) {
      return Failure{std::string(flag) + " names " + name + " twice"};
    }
    names.push_back(std::move(name));
    choices.push_back(choice.value().text());
  }
  return choices;
}

// Reads typed lists into their places; the first failure stays, and what follows it is not read.
class Reader {
 public:
  explicit Reader(const TypedFlags& typed) : typed_(typed) {}

  template <class List, class Parse>
  void read(std::string_view flag, List& into, Parse parse) {
    const auto typed = typed_.find(flag);
    if (typed == typed_.end() || !failure_.sentence.empty()) return;
    Outcome<List> list = parse(flag, typed->second);
    if (list) {
      into = std::move(list).value();
    } else {
      failure_ = list.failure();
    }
  }
  void words(std::string_view flag, Words& into, std::span<const std::string_view> known) {
    read(flag, into, [&](auto name, auto& text) { return parse_words(name, text, known); });
  }
  void numbers(std::string_view flag, std::vector<std::uint64_t>& into) {
    const Range range = range_of(kAxisFlags, flag);
    read(flag, into, [&](auto name, auto& text) { return parse_numbers(name, text, range); });
  }
  [[nodiscard]] const Failure& failure() const { return failure_; }

 private:
  const TypedFlags& typed_;
  Failure failure_;
};

// The flags that --module replaces.
Failure conflict(const TypedFlags& typed) {
  if (!typed.contains("--module")) return {};
  for (const char* const flag : {"--area-words", "--term-words", "--shape"}) {
    if (typed.contains(flag))
      return {std::string("--module brings its own area, so it excludes ") + flag};
  }
  return {};
}

}  // namespace

Range range_of(std::span<const Flag> flags, std::string_view name) noexcept {
  return *std::ranges::find(flags, name, &Flag::name)->numbers;
}

std::span<const Flag> axis_flags() noexcept { return kAxisFlags; }

Outcome<Axes> apply_flags(const TypedFlags& typed, Axes base) {
  if (Failure failure = conflict(typed); !failure.sentence.empty()) return failure;
  Reader reader(typed);
  reader.words("--strategy", base.strategies, strategy_names());
  reader.read("--allocator", base.allocators, parse_allocators);
  reader.words("--blocks", base.blocks, kBlocks);
  reader.words("--temp", base.temps, kTemps);
  reader.words("--thp", base.thps, kThps);
  reader.words("--shape", base.shapes, kShapes);
  reader.read("--module", base.modules, parse_list);
  reader.numbers("--area-words", base.area_words);
  reader.numbers("--term-words", base.term_words);
  reader.numbers("--held-words", base.held_words);
  reader.numbers("--holders", base.holders);
  reader.numbers("--bystanders", base.bystanders);
  reader.numbers("--heap-words", base.heap_words);
  reader.numbers("--touch-pages", base.touch_pages);
  reader.numbers("--schedulers", base.schedulers);
  if (!reader.failure().sentence.empty()) return reader.failure();
  if (typed.contains("--settle")) base.settle_ms.clear();
  return base;
}

bool names_an_axis(const TypedFlags& typed) {
  return std::ranges::any_of(kAxisFlags,
                             [&](const Flag& flag) { return typed.contains(flag.name); });
}

}  // namespace bench
