#include "bench/micro/structures.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "engine/base/mapped_array.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term_writer.hpp"

namespace bench::micro {

namespace {

using beam::make_boxed;
using beam::make_header;
using beam::Subtag;
using beam::Term;
using beam::Word;

constexpr std::uint64_t kChunk = 4096;

constexpr std::array<std::pair<std::string_view, Structure>, 6> kNames = {{
    {"list", Structure::kList},
    {"tuples4", Structure::kTuples4},
    {"flatmaps", Structure::kFlatMaps},
    {"binaries64", Structure::kBinaries64},
    {"dag", Structure::kDag},
    {"chain", Structure::kChain},
}};

Term small(std::uint64_t n) noexcept { return beam::make_small(static_cast<std::int64_t>(n)); }

// xorshift32 (Marsaglia 2003), as in the Erlang twin.
class Xorshift {
 public:
  // Below `bound`.
  std::uint64_t below(std::uint64_t bound) noexcept {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return (std::uint64_t{state_} * bound) >> 32;
  }

 private:
  std::uint32_t state_ = 2463534242;
};

// Allocates from a heap that is large enough.
class Builder {
 public:
  Builder(beam::Process& process, beam::LiteralSpace& literals) noexcept
      : process_(process), literals_(literals) {}

  [[nodiscard]] Term tuple(std::span<const Term> elements) noexcept {
    return next(1 + elements.size()).tuple(elements);
  }
  [[nodiscard]] Term cons(Term head, Term tail) noexcept {
    return next(beam::kConsWords).cons(head, tail);
  }
  [[nodiscard]] Term binary64(std::uint64_t number) noexcept {
    std::array<std::uint8_t, 64> bytes{};
    for (std::size_t i = 0; i < sizeof(number); ++i)
      bytes[bytes.size() - 1 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return next(beam::heap_binary_words(bytes.size())).heap_binary(bytes);
  }
  [[nodiscard]] Term flat_map(Term keys, std::uint64_t number) noexcept {
    const std::array values{small(number), small(number + 1), small(number + 2), small(number + 3)};
    return next(beam::flat_map_words(values.size())).flat_map(keys, values);
  }
  [[nodiscard]] Term tuple_of(const beam::MappedArray<Term>& elements, std::uint64_t from,
                              std::uint64_t count) noexcept {
    return tuple(elements.span().subspan(from, count));
  }
  // The tuple of the keys a, b, c, d; empty if the literal space is full.
  [[nodiscard]] std::optional<Term> literal_keys() noexcept {
    auto area = literals_.allocate(5);
    if (!area) return std::nullopt;
    Word* at = area.value().start;
    at[0] = make_header(4, Subtag::kTuple);
    for (std::uint64_t i = 0; i < 4; ++i) at[1 + i] = beam::make_atom(i).word;
    return make_boxed(at);
  }

 private:
  // Writes one object of so many words.
  beam::TermWriter next(std::size_t words) noexcept {
    top_ = process_.allocate(words);
    return {top_, off_heap_};
  }

  beam::Process& process_;
  Word* top_ = nullptr;
  Word* off_heap_ = nullptr;  // no term here has a payload
  beam::LiteralSpace& literals_;
};

template <class Element>
Term list_of(Builder& b, std::uint64_t count, Element element) noexcept {
  Term list = beam::kNil;
  for (std::uint64_t i = count; i > 0; --i) list = b.cons(element(i), list);
  return list;
}

// Largest N with 5 N + 2 ceil(N / 4096) + 1 <= words.
std::uint64_t dag_nodes(std::uint64_t words) noexcept {
  std::uint64_t n = words / 5;
  while (n > 0 && 5 * n + 2 * ((n + kChunk - 1) / kChunk) + 1 > words) --n;
  return n;
}

std::optional<Term> make_dag(Builder& b, std::uint64_t count) noexcept {
  beam::MappedArray<Term> nodes;
  beam::MappedArray<Term> chunks;
  if (!nodes.reserve(count)) return std::nullopt;
  Xorshift random;
  for (std::uint64_t first = 0; first < count; first += kChunk) {
    const std::uint64_t size = std::min(kChunk, count - first);
    for (std::uint64_t i = 0; i < size; ++i) {
      Term a = beam::kNil;
      Term c = beam::kNil;
      if (first > 0) {
        a = nodes[random.below(first)];
        c = nodes[random.below(first)];
      }
      static_cast<void>(nodes.push_back(b.tuple(std::array{small(first + i + 1), a, c})));
    }
    if (!chunks.push_back(b.tuple_of(nodes, first, size))) return std::nullopt;
  }
  return b.tuple_of(chunks, 0, chunks.size());
}

// The nodes are in order in memory; the links visit them in random order (Sattolo's shuffle of the
// order).
std::optional<Term> make_chain(Builder& b, std::uint64_t count) noexcept {
  beam::MappedArray<std::uint64_t> order;
  beam::MappedArray<Term> nodes;
  if (!order.resize(count) || !nodes.reserve(count)) return std::nullopt;
  for (std::uint64_t i = 0; i < count; ++i) {
    order[i] = i;
    static_cast<void>(nodes.push_back(b.tuple(std::array{small(i), beam::kNil})));
  }
  Xorshift random;
  for (std::uint64_t i = count; i > 1; --i) std::swap(order[i - 1], order[random.below(i - 1)]);
  for (std::uint64_t i = 0; i + 1 < count; ++i) {
    nodes[order[i]].pointer()[2] = nodes[order[i + 1]].word;
  }
  return count == 0 ? beam::kNil : nodes[order[0]];
}

std::optional<Term> make(Builder& b, Structure structure, std::uint64_t count) noexcept {
  switch (structure) {
    case Structure::kList:
      return list_of(b, count, small);
    case Structure::kTuples4:
      return list_of(b, count, [&b](std::uint64_t i) {
        return b.tuple(std::array{small(i), small(i + 1), small(i + 2), small(i + 3)});
      });
    case Structure::kFlatMaps: {
      const auto keys = b.literal_keys();
      if (!keys) return std::nullopt;
      return list_of(b, count, [&b, keys](std::uint64_t i) { return b.flat_map(*keys, i); });
    }
    case Structure::kBinaries64:
      return list_of(b, count, [&b](std::uint64_t i) { return b.binary64(i); });
    case Structure::kDag:
      return make_dag(b, count);
    case Structure::kChain:
      return make_chain(b, count);
  }
  return std::nullopt;
}

std::uint64_t element_count(Structure structure, std::uint64_t words) noexcept {
  switch (structure) {
    case Structure::kList:
      return words / 2;
    case Structure::kTuples4:
      return words / 7;
    case Structure::kFlatMaps:
      return words / 9;
    case Structure::kBinaries64:
      return words / 12;
    case Structure::kDag:
      return dag_nodes(words);
    case Structure::kChain:
      return words / 3;
  }
  return 0;
}

}  // namespace

std::optional<Structure> find_structure(std::string_view name) noexcept {
  for (const auto& [known, structure] : kNames) {
    if (known == name) return structure;
  }
  return std::nullopt;
}

std::unique_ptr<LiveStructure> build_structure(Structure structure, std::uint64_t words,
                                               beam::BlockResource& blocks) noexcept {
  auto literals = beam::LiteralSpace::reserve();
  if (!literals) return nullptr;
  auto process =
      beam::Process::spawn(blocks, literals.value().range(), {.min_heap_words = words * 3 / 2});
  if (!process) return nullptr;
  const std::uint64_t count = element_count(structure, words);
  auto live = std::make_unique<LiveStructure>(std::move(literals).value(),
                                              std::move(process).value(), count);
  Builder builder(live->process, live->literals);
  const auto root = make(builder, structure, count);
  if (!root || !live->process.push(*root)) return nullptr;
  return live;
}

}  // namespace bench::micro
