#include "bench/predict/holders.hpp"

#include <algorithm>
#include <utility>

#include "bench/cells/draw.hpp"
#include "bench/cells/own_data.hpp"
#include "engine/gc/collect.hpp"
#include "engine/gc/hibernate.hpp"
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

Result<Unit> collect_for(Process& process, std::size_t need) noexcept {
  const auto collected = beam::collect(process, need);
  if (!collected) return collected.error();
  return Unit{};
}

Result<Unit> make_room(Process& process, std::size_t words) noexcept {
  return words <= process.room() ? Result<Unit>(Unit{}) : collect_for(process, words);
}

// What happens when a lookup returns whose binaries were too many.
Result<Unit> collect_if_due(Process& process) noexcept {
  return process.collection_due() ? collect_for(process, 0) : Result<Unit>(Unit{});
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
      if (!taken) return taken;
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
    const Placed original = placed(literal);
    const std::size_t words = words_of_item(original.term);
    if (words > kMostWords)
      return Error{"a copy of a literal is too large", Error::kNowhere, words};
    const auto room = make_room(process, words + (in_list ? beam::kConsWords : 0));
    if (!room) return room;
    const Term item = item_of(literal, original, process);
    Term& slot = process.stack_term(0);
    if (in_list) {
      Word* const cell = process.allocate(beam::kConsWords);
      cell[0] = item.word;
      cell[1] = slot.word;
      slot = beam::make_list(cell);
    } else {
      slot = item;
    }
    return collect_if_due(process);
  }

  // Words that an item takes on the heap of its holder.
  [[nodiscard]] std::size_t words_of_item(Term original) const noexcept {
    return variant_.holding == Holding::kCopies ? beam::copied_words(original, {}, nullptr) : 0;
  }

  [[nodiscard]] Term item_of(std::uint32_t literal, const Placed& original,
                             Process& process) const noexcept {
    switch (variant_.holding) {
      case Holding::kScalars:
        return beam::make_small(literal);
      case Holding::kCopies:
        // A table's element has no literals: all of the area is copied.
        return beam::copy_onto_heap(process, original.term, &original.area);
      case Holding::kLiterals:
        break;
    }
    return original.term;
  }

  const Variant& variant_;
  const LiteralAreas& areas_;
  beam::Node& node_;
};

// Sleeps with its arguments, [Held] or [Held, OwnData], in place of its stack. Room for the list is
// made while the stack still has them.
Result<Unit> fall_asleep(Process& process, bool has_data) noexcept {
  const std::size_t count = has_data ? 2 : 1;
  const auto allocated = beam::allocate_words(process, count * beam::kConsWords);
  if (!allocated) return allocated.error();
  Term arguments = beam::kNil;
  for (std::size_t i = count; i-- > 0;) {
    Word* const cell = allocated.value() + i * beam::kConsWords;
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
  if (!process.push(beam::kNil)) return Error{"a new stack lacks room"};
  const auto taken = Taker(variant, areas, node).take_all(kind, process);
  if (!taken) return taken.error();
  if (spec.hibernated || variant.hibernate) {
    const auto slept = fall_asleep(process, spec.heap_words != 0);
    if (!slept) return slept.error();
  }
  process.options.max_heap_words = spec.max_heap_words;
  return process;
}

}  // namespace bench
