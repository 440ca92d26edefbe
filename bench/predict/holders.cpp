#include "bench/predict/holders.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "bench/cells/draw.hpp"
#include "bench/cells/own_data.hpp"
#include "engine/etf/flat_copy.hpp"
#include "engine/etf/image_builder.hpp"
#include "engine/gc/collect.hpp"
#include "engine/literal/load_image.hpp"
#include "engine/literal/rebase.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/off_heap.hpp"
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

// A term built outside of any heap, without sharing; nothing where none was built.
struct Built {
  beam::AreaImage image;
  Term root;

  [[nodiscard]] std::size_t words() const noexcept { return image.words.used(); }
};

Result<Built> build_copy(Term original, beam::AtomTable& atoms) {
  constexpr std::size_t kNoPayloadBytes = 4096;  // payloads are shared with the original
  const auto words = beam::flat_words(original);
  if (!words) return words.error();
  if (words.value() == 0) return Built{{}, original};
  auto builder = beam::ImageBuilder::create(
      atoms, {.max_words = words.value(), .max_payload_bytes = kNoPayloadBytes});
  if (!builder) return builder.error();
  const auto copy = beam::flat_copy(original, builder.value());
  if (!copy) return copy.error();
  return Built{builder.value().take(), copy.value()};
}

// Moves what was built to `at` on the process's heap, with a reference of each payload it has.
Term move_to_heap(const Built& built, Process& process, Word* at) noexcept {
  if (built.words() == 0) return built.root;
  const Word* const base = built.image.words.base();
  const auto from = reinterpret_cast<Word>(base);
  const Word delta = reinterpret_cast<Word>(at) - from;
  std::memcpy(at, base, built.words() * beam::kWordBytes);
  beam::rebase_words(at, built.words(), {from, built.words() * beam::kWordBytes}, delta);
  const Word* each = built.image.off_heap;
  for (; each != nullptr; each = beam::next_off_heap(each)) {
    Word* const object = at + (each - base);
    beam::retain_off_heap_object(object);
    beam::link_off_heap(object, process.off_heap);
  }
  return Term{built.root.word + delta};
}

// Takes what a holder holds, one item after the other, into the top slot of the stack: one item
// stands there itself, several are in a list, which is the process's own.
class Taker {
 public:
  Taker(const Variant& variant, const LiteralAreas& areas, beam::Node& node, Area& area) noexcept
      : variant_(variant), areas_(areas), node_(node), area_(area) {}

  [[nodiscard]] Result<Unit> take_all(const HolderKind& kind, Process& process) {
    const bool in_list = kind.literals.size() > 1;
    for (const std::uint32_t literal : kind.literals) {
      const auto taken = take(literal, in_list, process);
      if (!taken) return taken;
    }
    return Unit{};
  }

 private:
  [[nodiscard]] Term placed(std::uint32_t literal) noexcept {
    const LiteralAreas::Place place = areas_.place(literal);
    const AreaPart& part = areas_.parts()[place.part];
    const beam::LiteralArea& loaded = node_.code().find(part.name)->current.literals;
    return beam::placed_term(place.term, *part.image, loaded, node_.literals());
  }

  [[nodiscard]] Result<Built> item(std::uint32_t literal) {
    switch (variant_.holding) {
      case Holding::kScalars:
        return Built{{}, beam::make_small(literal)};
      case Holding::kCopies:
        return build_copy(placed(literal), area_.atoms);
      case Holding::kLiterals:
        break;
    }
    return Built{{}, placed(literal)};
  }

  [[nodiscard]] Result<Unit> take(std::uint32_t literal, bool in_list, Process& process) {
    const auto built = item(literal);
    if (!built) return built.error();
    const auto allocated =
        beam::allocate_words(process, built.value().words() + (in_list ? beam::kConsWords : 0));
    if (!allocated) return allocated.error();
    const Term taken = move_to_heap(built.value(), process, allocated.value());
    Term& slot = process.stack_term(0);
    if (in_list) {
      Word* const cell = allocated.value() + built.value().words();
      cell[0] = taken.word;
      cell[1] = slot.word;
      slot = beam::make_list(cell);
    } else {
      slot = taken;
    }
    return Unit{};
  }

  const Variant& variant_;
  const LiteralAreas& areas_;
  beam::Node& node_;
  Area& area_;
};

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
                            Area& area, HolderBlocks& blocks) {
  auto spawned = Process::spawn(blocks, node.literals().range(), {}, spec.heap_words);
  if (!spawned) return spawned.error();
  Process process = std::move(spawned).value();
  if (spec.heap_words != 0) {
    const auto data = make_own_data(process, spec.heap_words);
    if (!data) return data.error();
    if (!process.push(data.value())) return Error{"a new stack lacks room"};
    // As a process does that built its state and then waits: the block is what a collection leaves.
    const auto collected = beam::collect_major(process);
    if (!collected) return collected.error();
  }
  if (!process.push(beam::kNil)) return Error{"a new stack lacks room"};
  const auto taken = Taker(variant, areas, node, area).take_all(kind, process);
  if (!taken) return taken.error();
  process.options.max_heap_words = spec.max_heap_words;
  return process;
}

}  // namespace bench
