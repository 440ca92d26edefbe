#include "engine/term/order.hpp"

#include <bit>
#include <cstdint>

#include "engine/term/bits.hpp"
#include "engine/term/equality.hpp"
#include "engine/term/identifier.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/map_lookup.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

namespace {

enum class Rank : std::uint8_t {
  kInteger,
  kFloat,
  kAtom,
  kReference,
  kFun,
  kPort,
  kPid,
  kTuple,
  kMap,
  kNil,
  kList,
  kBitstring,
  kUnordered,
};

Rank boxed_rank(const Word* object) noexcept {
  switch (header_subtag(object[0])) {
    case Subtag::kTuple:
      return Rank::kTuple;
    case Subtag::kPositiveBig:
    case Subtag::kNegativeBig:
      return Rank::kInteger;
    case Subtag::kFloat:
      return Rank::kFloat;
    case Subtag::kProcBin:
    case Subtag::kHeapBinary:
    case Subtag::kSubBinary:
      return Rank::kBitstring;
    case Subtag::kMap:
      return Rank::kMap;
    case Subtag::kFun:
      return Rank::kFun;
    case Subtag::kRef:
    case Subtag::kExternalRef:
      return Rank::kReference;
    case Subtag::kExternalPort:
      return Rank::kPort;
    case Subtag::kExternalPid:
      return Rank::kPid;
    default:
      return Rank::kUnordered;
  }
}

Rank rank_of(Term term) noexcept {
  if (term.is_small()) return Rank::kInteger;
  if (term.is_atom()) return Rank::kAtom;
  if (term.is_list()) return Rank::kList;
  if (term.is_boxed()) return boxed_rank(term.pointer());
  if (term.is_nil()) return Rank::kNil;
  if (term.is_pid()) return Rank::kPid;
  return term.is_port() ? Rank::kPort : Rank::kUnordered;
}

template <class Value>
int order_of(Value a, Value b) noexcept {
  return (a > b) - (a < b);
}

bool is_negative(Term integer) noexcept {
  return integer.is_small() ? integer.small() < 0
                            : header_subtag(*integer.pointer()) == Subtag::kNegativeBig;
}

int compare_magnitudes(const Word* a, const Word* b) noexcept {
  if (a[0] >> 6 != b[0] >> 6) return order_of(a[0] >> 6, b[0] >> 6);
  for (std::size_t i = header_arity(a[0]); i > 0; --i) {
    if (a[i] != b[i]) return order_of(a[i], b[i]);
  }
  return 0;
}

// A big's magnitude exceeds every small's.
int compare_integers(Term a, Term b) noexcept {
  if (a.is_small() && b.is_small()) return order_of(a.small(), b.small());
  const bool negative = is_negative(a);
  if (negative != is_negative(b)) return negative ? -1 : 1;
  int order = order_of(!a.is_small(), !b.is_small());
  if (order == 0) order = compare_magnitudes(a.pointer(), b.pointer());
  return negative ? -order : order;
}

double float_of(Term term) noexcept { return std::bit_cast<double>(term.pointer()[1]); }

int compare_names(Word a, Word b, const AtomTable& atoms) noexcept {
  return atoms.name(make_atom(a)).compare(atoms.name(make_atom(b)));
}

int compare_external_funs(const Word* a, const Word* b, const AtomTable& atoms) noexcept {
  const Word entry_a = a[kFunEntry];
  const Word entry_b = b[kFunEntry];
  int order = compare_names(export_module(entry_a), export_module(entry_b), atoms);
  if (order == 0) {
    order = compare_names(export_function(entry_a), export_function(entry_b), atoms);
  }
  return order != 0 ? order : order_of(fun_arity(a[kFunArity]), fun_arity(b[kFunArity]));
}

// Ignores environments.
int compare_local_funs(const Word* a, const Word* b, const AtomTable& atoms) noexcept {
  const Word entry_a = a[kFunEntry];
  const Word entry_b = b[kFunEntry];
  int order = compare_names(fun_module(entry_a), fun_module(entry_b), atoms);
  if (order == 0) order = order_of(fun_index(entry_a), fun_index(entry_b));
  if (order == 0) order = order_of(fun_hash(entry_a), fun_hash(entry_b));
  return order != 0 ? order : order_of(fun_free(a[kFunArity]), fun_free(b[kFunArity]));
}

// By name, then by creation.
int compare_nodes(const Identifier& a, const Identifier& b, const AtomTable& atoms) noexcept {
  const auto name = [&atoms](const Identifier& identifier) {
    return identifier.local ? kThisNodeName : atoms.name(make_atom(node_name(identifier.node)));
  };
  const int order = name(a).compare(name(b));
  return order != 0 ? order : order_of(node_creation(a.node), node_creation(b.node));
}

// The last number is the most significant; missing ones are 0.
int compare_numbers(const Identifier& a, const Identifier& b) noexcept {
  for (std::size_t i = kMaxRefNumbers; i-- > 0;) {
    if (a.numbers[i] != b.numbers[i]) return order_of(a.numbers[i], b.numbers[i]);
  }
  return 0;
}

// Both have the same kind. Pids are ordered by number and then by node, ports and references by
// node first.
int compare_identifiers(const Identifier& a, const Identifier& b, const AtomTable& atoms) noexcept {
  const int order = order_of(a.id, b.id);
  if (a.kind == IdentifierKind::kPid && order != 0) return order;
  const int nodes = compare_nodes(a, b, atoms);
  if (nodes != 0) return nodes;
  return order != 0 ? order : compare_numbers(a, b);
}

}  // namespace

Result<int> compare_terms(Term a, Term b, const AtomTable& atoms) {
  return TermOrder(atoms).compare(a, b);
}

Result<int> TermOrder::compare(Term a, Term b) {
  frames_.clear();
  candidates_.clear();
  error_.reset();
  Order order = compare_words({&a.word, &b.word, 1});
  while (!error_) {
    if (order && frames_.empty()) return *order;
    order = order ? resume(*order) : advance();
  }
  return *error_;
}

TermOrder::Order TermOrder::compare_words(Words words) {
  while (true) {
    Term a;
    Term b;
    Order order = 0;
    while (order && *order == 0 && words.left > 0) {
      a = Term{*words.a++};
      b = Term{*words.b++};
      --words.left;
      order = decide(a, b);
    }
    if (order || error_) return order;
    if (words.left > 0 && !frames_.push_back(words)) return fail(kNoWorkMemory);
    if (!open(a, b, words)) return begin_hash_maps(a, b);
  }
}

// The order of two terms, if it does not depend on what they refer to.
TermOrder::Order TermOrder::decide(Term a, Term b) {
  if (a == b) return 0;
  const Rank rank = rank_of(a);
  const Rank rank_b = rank_of(b);
  if (rank == Rank::kUnordered || rank_b == Rank::kUnordered) {
    return fail({"a term is of a kind that has no order here"});
  }
  if (rank != rank_b) return order_of(rank, rank_b);
  switch (rank) {
    case Rank::kInteger:
      return compare_integers(a, b);
    case Rank::kFloat:
      return order_of(float_of(a), float_of(b));
    case Rank::kAtom:
      return compare_names(a.atom_index(), b.atom_index(), atoms_);
    case Rank::kFun:
      return decide_funs(a.pointer(), b.pointer());
    case Rank::kReference:
    case Rank::kPort:
    case Rank::kPid:
      return compare_identifiers(identifier_of(a), identifier_of(b), atoms_);
    case Rank::kBitstring:
      return compare_bits(bits_of(a), bits_of(b));
    case Rank::kTuple:
    case Rank::kMap: {
      const int order = rank == Rank::kTuple ? order_of(*a.pointer(), *b.pointer())
                                             : order_of(map_size(a), map_size(b));
      return order != 0 ? Order(order) : std::nullopt;
    }
    case Rank::kList:
      return std::nullopt;
    default:
      return order_of(a.word, b.word);
  }
}

// Local funs come before external ones.
TermOrder::Order TermOrder::decide_funs(const Word* a, const Word* b) {
  const bool external = is_external_fun(a);
  if (external != is_external_fun(b)) return external ? 1 : -1;
  if (external) return compare_external_funs(a, b, atoms_);
  const int order = compare_local_funs(a, b, atoms_);
  return order != 0 || fun_free(a[kFunArity]) == 0 ? Order(order) : std::nullopt;
}

// The words to compare of two terms of the same kind and size. False: they are hash maps.
bool TermOrder::open(Term a, Term b, Words& words) {
  const Word* object = a.pointer();
  if (a.is_list()) {
    words = {object, b.pointer(), kConsWords};
    return true;
  }
  if (is_tuple_header(object[0])) {
    words = {object + 1, b.pointer() + 1, header_arity(object[0])};
    return true;
  }
  if (header_subtag(object[0]) == Subtag::kFun) {
    words = {object + kFunWords, b.pointer() + kFunWords, fun_free(object[kFunArity])};
    return true;
  }
  return map_kind(object[0]) == MapKind::kFlat && open_flat_maps(a, b, words);
}

// Compares the keys; the values wait below on the stack.
bool TermOrder::open_flat_maps(Term a, Term b, Words& words) {
  const Word* map_a = a.pointer();
  const Word* map_b = b.pointer();
  const std::size_t size = map_a[kFlatMapSize];
  const Words values{map_a + kFlatMapValues, map_b + kFlatMapValues, size};
  words = {Term{map_a[kFlatMapKeys]}.pointer() + 1, Term{map_b[kFlatMapKeys]}.pointer() + 1, size};
  if (!frames_.push_back(values)) fail(kNoWorkMemory);
  return true;
}

// Hash maps of the same size: the one with the least key missing in the other is the lesser. With
// the same keys, the least key whose values differ decides.
TermOrder::Order TermOrder::begin_hash_maps(Term a, Term b) {
  const std::size_t begin = candidates_.size();
  const Result<Unit> collected = collect_candidates(a, b);
  if (!collected) return fail(collected.error());
  if (candidates_.size() == begin) return 0;
  if (!frames_.push_back(LeastKey{begin, begin, begin + 1})) return fail(kNoWorkMemory);
  return std::nullopt;
}

Result<Unit> TermOrder::collect_candidates(Term a, Term b) {
  const std::size_t begin = candidates_.size();
  Result<Unit> collected = collect_missing(a, b, true);
  if (collected) collected = collect_missing(b, a, false);
  if (collected && candidates_.size() == begin) collected = collect_different(a, b);
  return collected;
}

// Collects keys of `map` missing in `other`.
Result<Unit> TermOrder::collect_missing(Term map, Term other, bool map_is_a) {
  MappedArray<Term> leaves;
  const Result<Unit> appended = append_leaves(map, leaves);
  if (!appended) return appended;
  for (const Term leaf : leaves) {
    const Result<Term> found = map_get(other, head_of(leaf));
    if (!found) return found.error();
    if (found.value().is_value()) continue;
    const Term value = tail_of(leaf);
    const Candidate missing{head_of(leaf), map_is_a ? value : kNonValue,
                            map_is_a ? kNonValue : value};
    if (!candidates_.push_back(missing)) return kNoWorkMemory;
  }
  return Unit{};
}

// Collects keys with different values in two maps with the same keys.
Result<Unit> TermOrder::collect_different(Term a, Term b) {
  MappedArray<Term> leaves;
  const Result<Unit> appended = append_leaves(a, leaves);
  if (!appended) return appended;
  for (const Term leaf : leaves) {
    const Result<Term> found = map_get(b, head_of(leaf));
    if (!found) return found.error();
    const Result<bool> equal = equal_terms(tail_of(leaf), found.value());
    if (!equal) return equal.error();
    if (equal.value()) continue;
    if (!candidates_.push_back({head_of(leaf), tail_of(leaf), found.value()})) {
      return kNoWorkMemory;
    }
  }
  return Unit{};
}

// Passes the order of a pair to the frame waiting for it.
TermOrder::Order TermOrder::resume(int order) {
  if (auto* search = std::get_if<LeastKey>(&frames_.back())) {
    if (order < 0) search->least = search->next;
    ++search->next;
    return std::nullopt;
  }
  const Words words = *std::get_if<Words>(&frames_.back());
  frames_.pop_back();
  return order != 0 ? order : compare_words(words);
}

TermOrder::Order TermOrder::advance() {
  const LeastKey search = *std::get_if<LeastKey>(&frames_.back());
  if (search.next == candidates_.size()) return finish_search(search);
  return compare_words(
      {&candidates_[search.next].key.word, &candidates_[search.least].key.word, 1});
}

TermOrder::Order TermOrder::finish_search(const LeastKey& search) {
  const Candidate least = candidates_[search.least];
  while (candidates_.size() > search.begin) candidates_.pop_back();
  frames_.pop_back();
  if (!least.value_b.is_value()) return -1;
  if (!least.value_a.is_value()) return 1;
  return compare_words({&least.value_a.word, &least.value_b.word, 1});
}

TermOrder::Order TermOrder::fail(const Error& error) noexcept {
  error_ = error;
  return std::nullopt;
}

}  // namespace beam
