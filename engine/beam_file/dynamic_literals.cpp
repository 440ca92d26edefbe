#include "engine/beam_file/dynamic_literals.hpp"

#include <algorithm>
#include <limits>

#include "engine/term/layout.hpp"

namespace beam {

namespace {

constexpr Error kNoMemory{"no memory for the loader's literals"};
constexpr std::size_t kFirstPlaces = 64;

// How much of a term its fingerprint reads: the whole of every name and tuple of keys that occurs,
// and a bounded part of what a made-up file may hold.
constexpr std::size_t kMaxFingerprintWords = 256;

std::uint64_t mix(std::uint64_t hash, Word word) noexcept {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
  return hash ^ (hash >> 29);
}

// What of a part is certainly the same in every equal term: an immediate, or the kind and size of
// an object. Floats give only their kind, for 0.0 equals -0.0.
Word visible(Term part) noexcept {
  if (part.is_immediate()) return part.word;
  return part.is_list() ? kPrimaryList : *part.pointer();
}

std::uint64_t list_fingerprint(Term list) noexcept {
  std::uint64_t hash = kPrimaryList;
  for (std::size_t i = 0; i < kMaxFingerprintWords && list.is_list(); ++i) {
    hash = mix(hash, visible(head_of(list)));
    list = tail_of(list);
  }
  return hash;
}

// Equal terms have equal fingerprints; others rarely do.
std::uint64_t fingerprint_of(Term term) noexcept {
  if (term.is_list()) return list_fingerprint(term);
  const Word* object = term.pointer();
  const Word header = object[0];
  std::uint64_t hash = mix(0, header);
  const bool tuple = is_tuple_header(header);
  const bool big = header_subtag(header) == Subtag::kPositiveBig ||
                   header_subtag(header) == Subtag::kNegativeBig;
  if (!tuple && !big) return hash;
  const std::size_t words = std::min(header_arity(header), kMaxFingerprintWords);
  for (std::size_t i = 1; i <= words; ++i) {
    hash = mix(hash, tuple ? visible(Term{object[i]}) : object[i]);
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

// The non-value if there is none.
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
