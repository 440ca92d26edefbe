#include "engine/beam_file/dynamic_literals.hpp"

#include <algorithm>
#include <limits>

#include "engine/term/layout.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

namespace {

constexpr Error kNoMemory{"no memory for the loader's literals"};
constexpr std::size_t kFirstPlaces = 64;

// The words of an object inside a candidate that its fingerprint reads.
constexpr std::size_t kMaxPartWords = 16;

std::uint64_t mix(std::uint64_t hash, Word word) noexcept {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
  return hash ^ (hash >> 29);
}

// A value that is the same in all equal terms and reads one object only: an immediate, or the kind
// and size of an object.
Word kind_of(Term term) noexcept {
  if (term.is_immediate()) return term.word;
  return term.is_list() ? kPrimaryList : *term.pointer();
}

bool is_big(Word header) noexcept {
  return header_subtag(header) == Subtag::kPositiveBig ||
         header_subtag(header) == Subtag::kNegativeBig;
}

// The digits of a big integer, or the children of any other object: in equal terms the digits and
// the kind_of() of each child are the same. A float has none: 0.0 equals -0.0.
std::span<const Word> stable_words(Term term) noexcept {
  const Word* object = term.pointer();
  if (term.is_boxed() && is_big(object[0])) return {object + 1, header_arity(object[0])};
  return children_of(term);
}

std::uint64_t part_fingerprint(Term part) noexcept {
  if (part.is_immediate()) return part.word;
  const bool big = part.is_boxed() && is_big(*part.pointer());
  const auto words = stable_words(part);
  std::uint64_t hash = mix(0, kind_of(part));
  for (const Word word : words.first(std::min(words.size(), kMaxPartWords))) {
    hash = mix(hash, big ? word : kind_of(Term{word}));
  }
  return hash;
}

// Equal terms have equal fingerprints; others rarely do. Reads a whole list, big integer or tuple,
// and a few words of each element.
std::uint64_t fingerprint_of(Term term) noexcept {
  std::uint64_t hash = mix(0, kind_of(term));
  for (; term.is_list(); term = tail_of(term)) hash = mix(hash, part_fingerprint(head_of(term)));
  if (term.is_immediate()) return hash;
  const bool big = is_big(*term.pointer());
  for (const Word word : stable_words(term)) {
    hash = mix(hash, big ? word : part_fingerprint(Term{word}));
  }
  return hash;
}

}  // namespace

Result<DynamicLiterals::Added> DynamicLiterals::add(Term candidate) {
  const std::uint64_t fingerprint = fingerprint_of(candidate);
  const Result<Term> known = find(candidate, fingerprint);
  if (!known) return known.error();
  if (known.value().is_value()) return Added{known.value(), false};
  const Result<Term> copy = to_.copy(candidate);
  if (!copy) return copy.error();
  if (!remember({fingerprint, copy.value()})) return kNoMemory;
  return Added{copy.value(), true};
}

// The non-value if not found.
Result<Term> DynamicLiterals::find(Term candidate, std::uint64_t fingerprint) {
  if (table_.empty()) return kNonValue;
  const std::size_t mask = table_.size() - 1;
  for (std::size_t at = fingerprint & mask; table_[at] != 0; at = (at + 1) & mask) {
    const Entry& entry = entries_[table_[at] - 1];
    if (entry.fingerprint != fingerprint) continue;
    const Result<int> order = order_.compare(entry.term, candidate);
    if (!order) return order.error();
    if (order.value() == 0) return entry.term;
  }
  return kNonValue;
}

bool DynamicLiterals::remember(Entry entry) {
  if (entries_.size() >= std::numeric_limits<std::uint32_t>::max()) return false;
  if (!entries_.push_back(entry)) return false;
  if (table_.size() < 2 * entries_.size()) {
    return rehash(std::max(kFirstPlaces, 2 * table_.size()));
  }
  enter(static_cast<std::uint32_t>(entries_.size()));
  return true;
}

bool DynamicLiterals::rehash(std::size_t places) {
  MappedArray<std::uint32_t> larger;
  if (!larger.resize(places)) return false;
  table_.swap(larger);
  for (std::size_t i = 1; i <= entries_.size(); ++i) enter(static_cast<std::uint32_t>(i));
  return true;
}

void DynamicLiterals::enter(std::uint32_t number) noexcept {
  const std::size_t mask = table_.size() - 1;
  std::size_t at = entries_[number - 1].fingerprint & mask;
  while (table_[at] != 0) at = (at + 1) & mask;
  table_[at] = number;
}

}  // namespace beam
