#include "bench/predict/holders.hpp"

#include <algorithm>
#include <utility>

#include "bench/cells/draw.hpp"
#include "bench/holders/own_data.hpp"
#include "engine/gc/collect.hpp"
#include "engine/heap/copy_onto_heap.hpp"
#include "engine/literal/load_image.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term_words.hpp"

namespace bench {

using beam::Error;
using beam::Process;
using beam::Result;
using beam::Term;
using beam::Unit;
using beam::Word;

namespace {

HolderKind given_kind(const PredictionSpec& spec, const Area& area) {
  HolderKind kind;
  for (const std::uint64_t literal : spec.hold) {
    const auto index = static_cast<std::uint32_t>(literal);
    kind.literals.push_back(index);
    const auto usable = std::ranges::lower_bound(area.usable, index);
    if (usable == area.usable.end() || *usable != index) continue;
    kind.held_words += area.words[static_cast<std::size_t>(usable - area.usable.begin())];
  }
  return kind;
}

HolderKind drawn_kind(const PredictionSpec& spec, const Area& area, std::uint64_t number) {
  HolderKind kind;
  CellSpec draws;
  draws.held_words = spec.held_words;
  Draw draw(draws, area, number);
  while (draw.more()) kind.literals.push_back(draw.next());
  kind.held_words = draw.words();
  return kind;
}

// More than any literal space has. What shares much may be larger as a copy.
constexpr std::size_t kMostWords = std::size_t{1} << 32;

// Its heap limit may kill it then.
Result<Unit> collect_for(Process& process, std::size_t need) noexcept {
  const auto collected = beam::collect(process, need);
  if (!collected) return collected.error();
  return Unit{};
}

Result<Unit> make_room(Process& process, std::size_t words) noexcept {
  return words <= process.room() ? Result<Unit>(Unit{}) : collect_for(process, words);
}

// Takes what a holder holds, one item after the other, into the top slot of the stack: one item
// stands there itself, several are in a list, which is the process's own.
class Taker {
 public:
  Taker(const Variant& variant, const LiteralAreas& areas, beam::Node& node) noexcept
      : variant_(variant), areas_(areas), node_(node) {}

  [[nodiscard]] Result<Unit> take_all(const HolderKind& kind, Process& process) noexcept {
    const bool in_list = kind.literals.size() > 1;
    for (const std::uint32_t literal : kind.literals) {
      const auto taken = take(literal, in_list, process);
      if (!taken || process.killed) return taken;
    }
    return Unit{};
  }

 private:
  struct Placed {
    Term term;
    beam::AddressRange area;
  };
  [[nodiscard]] Placed placed(std::uint32_t literal) noexcept {
    const LiteralAreas::Place place = areas_.place(literal);
    const AreaPart& part = areas_.parts()[place.part];
    const beam::LiteralArea& loaded = node_.code().find(part.name)->current.literals;
    return {beam::placed_term(place.term, *part.image, loaded, node_.literals()), loaded.range()};
  }

  [[nodiscard]] Result<Unit> take(std::uint32_t literal, bool in_list, Process& process) noexcept {
    Word* place = &process.stack_term(0).word;
    if (in_list) {
      const auto room = make_room(process, beam::kConsWords);
      if (!room || process.killed) return room;
      place = add_cell(process);
    }
    const auto item = item_of(literal, process);
    if (!item) return item.error();
    *place = item.value().word;
    // As when the process is scheduled next: its fragments or binaries may be too many.
    return process.collection_due() ? collect_for(process, 0) : Result<Unit>(Unit{});
  }

  // A new cell in front of the list, for its head.
  [[nodiscard]] static Word* add_cell(Process& process) noexcept {
    Word* const cell = process.allocate(beam::kConsWords);
    Term& list = process.stack_term(0);
    cell[0] = beam::kNil.word;
    cell[1] = list.word;
    list = beam::make_list(cell);
    return cell;
  }

  [[nodiscard]] Result<Term> item_of(std::uint32_t literal, Process& process) noexcept {
    switch (variant_.holding) {
      case Holding::kScalars:
        return beam::make_small(literal);
      case Holding::kCopies:
        return copy_of(placed(literal), process);
      case Holding::kLiterals:
        break;
    }
    return placed(literal).term;
  }

  // A table's element has no literals: all of the area is copied. Where there is no room, a
  // built-in function makes some outside of the heap.
  [[nodiscard]] static Result<Term> copy_of(const Placed& original, Process& process) noexcept {
    const std::size_t words = beam::copied_words(original.term, {}, nullptr);
    if (words > kMostWords)
      return Error{"a copy of a literal is too large",
                   Error::kNowhere,
                   {words, "{} words, and {} are the most", kMostWords}};
    Word* top = process.allocate_or_fragment(words);
    if (top == nullptr)
      return Error{"no memory for a copy of a literal", Error::kNowhere, {words, "{} words"}};
    return beam::copy_for_process(process, original.term, &original.area, top);
  }

  const Variant& variant_;
  const LiteralAreas& areas_;
  beam::Node& node_;
};

// Sleeps with its arguments, [Held] or [Held, OwnData], in place of its stack. Room for the list is
// made while the stack still has them.
Result<Unit> fall_asleep(Process& process, bool has_data) noexcept {
  const std::size_t count = has_data ? 2 : 1;
  const auto room = make_room(process, count * beam::kConsWords);
  if (!room || process.killed) return room;
  Word* const cells = process.allocate(count * beam::kConsWords);
  Term arguments = beam::kNil;
  for (std::size_t i = count; i-- > 0;) {
    Word* const cell = cells + i * beam::kConsWords;
    cell[0] = process.stack_term(i).word;
    cell[1] = arguments.word;
    arguments = beam::make_list(cell);
  }
  const auto slept = beam::hibernate(process, arguments);
  if (!slept) return slept.error();
  return Unit{};
}

}  // namespace

std::vector<HolderKind> kinds_of(const PredictionSpec& spec, const Area& area,
                                 std::uint64_t kinds) {
  const std::uint64_t count = spec.hold.empty() ? std::min(kinds, spec.holders) : 1;
  std::vector<HolderKind> all;
  for (std::uint64_t i = 0; i < count; ++i) {
    all.push_back(spec.hold.empty() ? drawn_kind(spec, area, i) : given_kind(spec, area));
    all.back().count = spec.holders / count + (i < spec.holders % count ? 1 : 0);
  }
  return all;
}

Result<Process> make_holder(const HolderKind& kind, const PredictionSpec& spec,
                            const Variant& variant, const LiteralAreas& areas, beam::Node& node,
                            HolderBlocks& blocks) noexcept {
  auto spawned = spawn_with_own_data(blocks, node.literals().range(), spec.heap_words);
  if (!spawned) return spawned.error();
  Process process = std::move(spawned).value();
  process.options.max_heap_words = spec.max_heap_words;
  const auto slot = push_slot(process);
  if (!slot) return slot.error();
  if (process.killed) return process;
  const auto taken = Taker(variant, areas, node).take_all(kind, process);
  if (!taken) return taken.error();
  if (!process.killed && (spec.hibernated || variant.hibernate)) {
    const auto slept = fall_asleep(process, spec.heap_words != 0);
    if (!slept) return slept.error();
  }
  return process;
}

}  // namespace bench
