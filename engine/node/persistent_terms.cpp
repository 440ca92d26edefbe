#include "engine/node/persistent_terms.hpp"

#include <algorithm>
#include <array>

#include "engine/term/equality.hpp"
#include "engine/term/header.hpp"
#include "engine/term/shared_copy.hpp"

namespace beam {

namespace {

constexpr std::size_t kPairWords = 3;
// What an area takes beside its words: where it ends, and its off-heap list.
constexpr std::size_t kAreaHeadBytes = 16;

struct PairArea {
  LiteralArea area;
  Term pair;
};

// An area of the space with a copy of {Key, Value}.
Result<PairArea> make_area(Term key, Term value, LiteralSpace& space) noexcept {
  const std::array<Word, kPairWords> pair{make_header(2, Subtag::kTuple), key.word, value.word};
  auto copy = SharedCopy::prepare(make_boxed(pair.data()), space.range());
  if (!copy) return copy.error();
  auto area = space.allocate(copy.value().words());
  if (!area) return area.error();
  Word* top = area.value().start;
  const Term placed = copy.value().place(top, area.value().off_heap);
  return PairArea{area.value(), placed};
}

}  // namespace

// Keys of a kind that has no hash here all have the same one.
std::uint32_t PersistentTerms::hash_of(Term key) noexcept {
  const auto hash = hasher_.hash(key, 0);
  return hash ? hash.value().value : 0;
}

Result<PersistentTerms::Entry*> PersistentTerms::find(Term key, std::uint32_t hash) noexcept {
  for (Entry& entry : terms_) {
    if (entry.hash != hash) continue;
    const auto equal = equal_terms(entry.key(), key);
    if (!equal) return equal.error();
    if (equal.value()) return &entry;
  }
  return nullptr;
}

void PersistentTerms::give_up(Entry& entry, LiteralSpace& space,
                              LiteralCollector& collector) noexcept {
  if (entry.value().is_pointer()) {
    collector.enqueue(entry.area);
  } else {
    space.release(entry.area);
  }
}

Result<Unit> PersistentTerms::put(Term key, Term value, LiteralSpace& space,
                                  LiteralCollector& collector) noexcept {
  const std::uint32_t hash = hash_of(key);
  const auto found = find(key, hash);
  if (!found) return found.error();
  if (found.value() != nullptr) {
    const auto equal = equal_terms(found.value()->value(), value);
    if (!equal) return equal.error();
    if (equal.value()) return Unit{};
  }
  // Reserving may move the entries.
  const auto replaced = found.value() == nullptr
                            ? terms_.size()
                            : static_cast<std::size_t>(found.value() - terms_.begin());
  const auto room = collector.make_room();
  if (!room) return room.error();
  if (!terms_.reserve(terms_.size() + 1)) return Error{"no memory for the persistent terms"};
  const auto made = make_area(key, value, space);
  if (!made) return made.error();
  const Entry entry{made.value().area, made.value().pair, hash};
  if (replaced == terms_.size()) {
    static_cast<void>(terms_.push_back(entry));  // reserved above
  } else {
    give_up(terms_[replaced], space, collector);
    terms_[replaced] = entry;
  }
  return Unit{};
}

Result<Term> PersistentTerms::get(Term key) noexcept {
  const auto found = find(key, hash_of(key));
  if (!found) return found.error();
  return found.value() == nullptr ? kNonValue : found.value()->value();
}

Result<bool> PersistentTerms::erase(Term key, LiteralSpace& space,
                                    LiteralCollector& collector) noexcept {
  const auto found = find(key, hash_of(key));
  if (!found) return found.error();
  Entry* entry = found.value();
  if (entry == nullptr) return false;
  const auto room = collector.make_room();
  if (!room) return room.error();
  give_up(*entry, space, collector);
  std::move(entry + 1, terms_.end(), entry);
  terms_.pop_back();
  return true;
}

std::size_t PersistentTerms::area_bytes() const noexcept {
  std::size_t bytes = 0;
  for (const Entry& entry : terms_) bytes += kAreaHeadBytes + entry.area.words * kWordBytes;
  return bytes;
}

}  // namespace beam
