#include "bench/cells/synthetic_area.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "bench/cells/random.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term_writer.hpp"

namespace bench::cells {

namespace {

using beam::make_boxed;
using beam::make_small;
using beam::Term;
using beam::Word;

struct Atoms {
  Term cfg;
  Term item;
  Term gold;
  Term attr;
  std::array<Term, 4> keys;
};

// Writes literals one after another into the image's words, which are already reserved.
class Builder {
 public:
  Builder(beam::WordArena& words, const Atoms& atoms, std::uint64_t seed) noexcept
      : words_(words), atoms_(atoms), random_(seed) {}

  [[nodiscard]] Term tuple(std::span<const Term> elements) noexcept {
    return next(1 + elements.size()).tuple(elements);
  }
  [[nodiscard]] Term cons(Term head, Term tail) noexcept {
    return next(beam::kConsWords).cons(head, tail);
  }
  [[nodiscard]] Term real(double value) noexcept {
    return next(beam::kFloatWords).float_number(value);
  }
  [[nodiscard]] Term binary(std::string_view bytes) noexcept {
    const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    return next(beam::heap_binary_words(bytes.size())).heap_binary({data, bytes.size()});
  }
  [[nodiscard]] Term flat_map(Term keys, std::span<const Term> values) noexcept {
    return next(beam::flat_map_words(values.size())).flat_map(keys, values);
  }
  // `words` words of padding in front of `tail`: cons cells of smalls, and a 3-word binary if odd.
  [[nodiscard]] Term padded(std::uint64_t words, Term tail) noexcept {
    if (words % 2 != 0 && words >= kOddWords) {
      tail = cons(binary(std::string_view("odd!", 1)), tail);
      words -= kOddWords;
    }
    for (; words >= beam::kConsWords; words -= beam::kConsWords) tail = cons(number(), tail);
    return tail;
  }
  [[nodiscard]] Term number() noexcept {
    return make_small(static_cast<std::int64_t>(random_.below(std::uint64_t{1} << 40)));
  }
  [[nodiscard]] const Atoms& atoms() const noexcept { return atoms_; }
  [[nodiscard]] Random& random() noexcept { return random_; }

  // A cell with a 1-byte binary in its head.
  static constexpr std::uint64_t kOddWords = beam::kConsWords + beam::heap_binary_words(1);

 private:
  // Writes one object of so many words.
  beam::TermWriter next(std::size_t words) noexcept {
    top_ = words_.allocate(words);
    return {top_, off_heap_};
  }

  beam::WordArena& words_;
  Word* top_ = nullptr;
  Word* off_heap_ = nullptr;  // no term of an area has a payload
  const Atoms& atoms_;
  Random random_;
};

Term small(std::uint64_t n) noexcept { return make_small(static_cast<std::int64_t>(n)); }

// A term of exactly `words` words that is not a list: a flat tuple of numbers.
Term flat_tuple(Builder& b, std::uint64_t words, std::uint64_t index) noexcept {
  std::array<Term, 28> elements{};
  elements[0] = b.atoms().cfg;
  for (std::size_t i = 1; i < elements.size(); ++i) elements[i] = small(index + i);
  return b.tuple(std::span(elements).first(words - 1));
}

// Words of a configuration row whose name has up to 8 bytes; longer names take one more.
constexpr std::uint64_t kRowWords = 28;

Term record(Builder& b, std::uint64_t words, std::uint64_t index) noexcept {
  if (words < kRowWords) return flat_tuple(b, words, index);
  const std::string name = "name_" + std::to_string(index % 1000);
  const std::uint64_t spare = words - kRowWords;
  // 1 or 3 spare words: one extends the row's tuple. The rest is cells of its list.
  const bool longer = spare == 1 || spare == 3;
  const Atoms& atoms = b.atoms();
  Term items = b.padded(longer ? spare - 1 : spare, beam::kNil);
  items = b.cons(b.tuple(std::array{atoms.gold, small(7 * index)}), items);
  items = b.cons(b.tuple(std::array{atoms.item, small(index), small(3 * index)}), items);
  const Term attr = b.tuple(
      std::array{atoms.attr, small(index), small(index + 1), small(index + 2), b.real(1.5)});
  const Term text = b.binary(name);
  if (longer) return b.tuple(std::array{atoms.cfg, small(index), items, text, attr, b.number()});
  return b.tuple(std::array{atoms.cfg, small(index), items, text, attr});
}

Term list(Builder& b, std::uint64_t words, std::uint64_t index) noexcept {
  return words == 3 ? flat_tuple(b, words, index) : b.padded(words, beam::kNil);
}

Term tuples(Builder& b, std::uint64_t words, std::uint64_t index) noexcept {
  constexpr std::uint64_t kNodeWords = 5;
  // The innermost tuple takes the remainder: 2 to 6 words.
  std::uint64_t first = words % kNodeWords;
  if (first < 2) first += kNodeWords;
  if (words < kNodeWords) first = words;
  Term chain = flat_tuple(b, first, index);
  for (std::uint64_t left = words - first; left >= kNodeWords; left -= kNodeWords) {
    chain = b.tuple(std::array{small(index), b.number(), b.number(), chain});
  }
  return chain;
}

Term flat_map(Builder& b, std::uint64_t index) noexcept {
  const Term keys = b.tuple(b.atoms().keys);
  return b.flat_map(keys,
                    std::array{small(index), small(index + 1), small(index + 2), small(index + 3)});
}

// A list of elements of `element_words` each, and padding for the rest.
template <class Element>
Term list_of(Builder& b, std::uint64_t words, std::uint64_t index, std::uint64_t element_words,
             Element element) noexcept {
  const std::uint64_t each = element_words + beam::kConsWords;
  std::uint64_t count = words / each;
  // A single word cannot be padded: drop one element.
  if (count > 0 && (words - count * each) % 2 == 1 && words - count * each < Builder::kOddWords) {
    --count;
  }
  if (count == 0) return list(b, words, index);
  Term result = b.padded(words - count * each, beam::kNil);
  for (; count > 0; --count) result = b.cons(element(), result);
  return result;
}

Term maps(Builder& b, std::uint64_t size, std::uint64_t index) noexcept {
  constexpr std::uint64_t kMapWords = 1 + 4 + beam::flat_map_words(4);
  return list_of(b, size, index, kMapWords, [&] { return flat_map(b, index); });
}

Term binaries(Builder& b, std::uint64_t size, std::uint64_t index) noexcept {
  constexpr std::size_t kBytes = beam::kMaxHeapBinaryBytes;
  return list_of(b, size, index, beam::heap_binary_words(kBytes), [&] {
    std::array<char, kBytes> bytes{};
    for (char& byte : bytes) byte = static_cast<char>(b.random().next());
    return b.binary({bytes.data(), bytes.size()});
  });
}

// Nodes are 4 words each and contiguous, so an earlier one is found by its number.
Term graph(Builder& b, beam::WordArena& words, std::uint64_t size, std::uint64_t index) noexcept {
  constexpr std::uint64_t kNodeWords = 4;
  // The first node takes the remainder: 2 to 5 words.
  std::uint64_t first = size % kNodeWords;
  if (first < 2) first += kNodeWords;
  if (size < kNodeWords) first = size;
  Term last = flat_tuple(b, first, index);
  const Word* nodes = words.base() + words.used();
  const std::uint64_t count = (size - first) / kNodeWords;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto earlier = [&] {
      return i == 0 ? last : make_boxed(nodes + kNodeWords * b.random().below(i));
    };
    // A reference to the previous node keeps all of them reachable.
    const Term before = i == 0 ? last : make_boxed(nodes + kNodeWords * (i - 1));
    const Term node = b.tuple(std::array{small(i), before, earlier()});
    if (i + 1 == count) last = node;
  }
  return last;
}

beam::Result<Atoms> intern_atoms(beam::AtomTable& table) {
  Atoms atoms;
  const std::array<std::pair<const char*, Term*>, 8> wanted = {{{"aCfg", &atoms.cfg},
                                                                {"item", &atoms.item},
                                                                {"gold", &atoms.gold},
                                                                {"attr", &atoms.attr},
                                                                {"agility", atoms.keys.data()},
                                                                {"level", &atoms.keys[1]},
                                                                {"power", &atoms.keys[2]},
                                                                {"speed", &atoms.keys[3]}}};
  for (const auto& [name, term] : wanted) {
    const auto atom = table.intern(name);
    if (!atom) return atom.error();
    *term = atom.value();
  }
  return atoms;
}

Term make_literal(Builder& b, beam::WordArena& words, std::string_view shape, std::uint64_t size,
                  std::uint64_t index) noexcept {
  if (shape == "list") return list(b, size, index);
  if (shape == "tuples") return tuples(b, size, index);
  if (shape == "maps") return maps(b, size, index);
  if (shape == "binaries") return binaries(b, size, index);
  if (shape == "graph") return graph(b, words, size, index);
  return record(b, size, index);
}

}  // namespace

std::span<const std::string_view> area_shapes() noexcept {
  static constexpr std::array<std::string_view, 6> kShapes = {"records", "list",     "tuples",
                                                              "maps",    "binaries", "graph"};
  return kShapes;
}

beam::Result<beam::AreaImage> make_synthetic_area(const SyntheticArea& wanted,
                                                  beam::AtomTable& atoms) {
  if (std::ranges::find(area_shapes(), wanted.shape) == area_shapes().end()) {
    return beam::Error{"the shape of the area is unknown"};
  }
  if (wanted.area_words < kMinTermWords || wanted.term_words < kMinTermWords) {
    return beam::Error{"an area or a literal needs at least 2 words"};
  }
  const auto interned = intern_atoms(atoms);
  if (!interned) return interned.error();
  auto arena = beam::WordArena::reserve(wanted.area_words);
  if (!arena) return arena.error();
  beam::AreaImage image;
  image.words = std::move(arena).value();
  const std::uint64_t count =
      std::max<std::uint64_t>(1, wanted.area_words / std::max(wanted.term_words, kMinTermWords));
  if (!image.literals.reserve(count)) return beam::Error{"no memory for the literals"};
  Builder builder(image.words, interned.value(), wanted.seed);
  for (std::uint64_t i = 0; i < count; ++i) {
    const bool last = i + 1 == count;
    const std::uint64_t size = last ? wanted.area_words - i * wanted.term_words : wanted.term_words;
    static_cast<void>(
        image.literals.push_back(make_literal(builder, image.words, wanted.shape, size, i + 1)));
  }
  image.static_words = image.words.used();
  return image;
}

}  // namespace bench::cells
