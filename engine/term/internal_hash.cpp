#include "engine/term/internal_hash.hpp"

#include <bit>

#include "engine/term/bits.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

namespace {

constexpr std::uint32_t kGoldenRatio = 0x9E3779B9;
constexpr std::uint32_t kInternalSalt = 3432918353;

// Each kind of data is mixed with its own multiple of the golden ratio.
constexpr std::uint32_t kind(unsigned n) noexcept { return n * kGoldenRatio; }
constexpr std::uint32_t kImmediate = kind(1);
constexpr std::uint32_t kFourCharacters = kind(4);
constexpr std::uint32_t kPid = kind(5);
constexpr std::uint32_t kPort = kind(6);
constexpr std::uint32_t kReference = kind(7);
constexpr std::uint32_t kReferenceMiddle = kind(8);  // of numbers 1 and 2
constexpr std::uint32_t kReferenceEnd = kind(9);     // of numbers 3 and 4
constexpr std::uint32_t kTuple = kind(9);
constexpr std::uint32_t kNegativeBig = kind(10);
constexpr std::uint32_t kPositiveBig = kind(11);
constexpr std::uint32_t kFloat = kind(12);
constexpr std::uint32_t kBinary = kind(13);
constexpr std::uint32_t kExternalFun = kind(14);
constexpr std::uint32_t kOddBits = kind(15);
constexpr std::uint32_t kMap = kind(16);
constexpr std::uint32_t kHead = kind(17);
constexpr std::uint32_t kTail = kind(18);
constexpr std::uint32_t kLocalFun = kind(20);
constexpr std::uint32_t kLocalFunEntry = kind(21);
constexpr std::uint32_t kLastCharacters = kind(22);

// In the work array, precedes a tail that is not a cons: such a tail is marked in the hash.
constexpr Term kTailMark = kNonValue;

std::uint32_t low(Word word) noexcept { return static_cast<std::uint32_t>(word); }
std::uint32_t high(Word word) noexcept { return static_cast<std::uint32_t>(word >> 32); }

// Bob Jenkins' mix of 96 bits (1996).
struct Mix {
  std::uint32_t a;
  std::uint32_t b;
  std::uint32_t c;

  void stir(int first, int second, int third) noexcept {
    a = (a - b - c) ^ (c >> first);
    b = (b - c - a) ^ (a << second);
    c = (c - a - b) ^ (b >> third);
  }
  std::uint32_t operator()() noexcept {
    stir(13, 8, 13);
    stir(12, 16, 5);
    stir(3, 10, 15);
    return c;
  }
};

std::uint32_t salt_of(unsigned round) noexcept {
  if (round == 0) return 0;
  return Mix{kLastCharacters + round, kLastCharacters + 1, 0}();
}

// Jenkins' hash of whole bytes: twelve at a time, the last eleven or fewer with the length.
std::uint32_t hash_bytes(const Bits& bits, std::uint32_t seed) noexcept {
  Mix mix{kGoldenRatio, kGoldenRatio, seed};
  const std::size_t bytes = bits.whole_bytes();
  const auto word_at = [&](std::size_t at, std::size_t end) noexcept {
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 4 && at + i < end; ++i) {
      word |= static_cast<std::uint32_t>(bits.byte(at + i)) << (8 * i);
    }
    return word;
  };
  std::size_t at = 0;
  for (; bytes - at >= 12; at += 12) {
    mix.a += word_at(at, bytes);
    mix.b += word_at(at + 4, bytes);
    mix.c += word_at(at + 8, bytes);
    mix();
  }
  mix.a += word_at(at, bytes);
  mix.b += word_at(at + 4, bytes);
  // The length is in the lowest byte.
  mix.c += (word_at(at + 8, bytes) << 8) + low(bytes);
  return mix();
}

bool is_byte(Term term) noexcept {
  return term.is_small() && term.small() >= 0 && term.small() <= 0xFF;
}

}  // namespace

Result<KeyHash> KeyHasher::hash(Term key, unsigned round) {
  pending_.clear();
  hash_ = salt_of(round) ^ kInternalSalt;
  varies_ = false;
  unknown_kind_ = false;
  Term term = key;
  while (true) {
    if (term == kTailMark) {
      hash_ = std::rotl(hash_ ^ kTail, 17);
    } else if (term.is_immediate()) {
      add_immediate(term);
    } else if (!(term.is_list() ? add_list(term) : add_boxed(term))) {
      return kNoWorkMemory;
    }
    if (unknown_kind_) return Error{"a map key is of a kind whose hash is not known"};
    if (pending_.empty()) return KeyHash{hash_, varies_};
    term = pending_.back();
    pending_.pop_back();
  }
}

void KeyHasher::add(std::uint32_t first, std::uint32_t second, std::uint32_t constant) noexcept {
  hash_ = Mix{constant + first, constant + second, hash_}();
}

bool KeyHasher::push_reversed(const Word* first, std::size_t count) noexcept {
  while (count > 0) {
    if (!push(Term{first[--count]})) return false;
  }
  return true;
}

void KeyHasher::add_immediate(Term term) noexcept {
  if (term.is_atom()) varies_ = true;
  add(low(term.word), high(term.word), kImmediate);
}

// Characters are hashed four at a time; then the head and the tail of the first other cell.
bool KeyHasher::add_list(Term list) noexcept {
  std::uint32_t characters = 0;
  std::uint32_t count = 0;
  while (list.is_list() && is_byte(head_of(list))) {
    characters = (characters << 8) + static_cast<std::uint32_t>(head_of(list).small());
    if (++count == 4) {
      add(characters, 0, kFourCharacters);
      characters = count = 0;
    }
    list = tail_of(list);
  }
  if (count > 0) add(characters, count, kLastCharacters);
  if (!list.is_list()) return push(list);
  hash_ = std::rotl(hash_ ^ kHead, 17);
  const Term tail = tail_of(list);
  return push(tail) && (tail.is_list() || push(kTailMark)) && push(head_of(list));
}

bool KeyHasher::add_boxed(Term term) noexcept {
  const Word* object = term.pointer();
  switch (header_subtag(object[0])) {
    case Subtag::kTuple:
      add(low(header_arity(object[0])), 0, kTuple);
      return push_reversed(object + 1, header_arity(object[0]));
    case Subtag::kMap:
      return add_map(object);
    case Subtag::kFun:
      return add_fun(object);
    case Subtag::kPositiveBig:
    case Subtag::kNegativeBig:
      add_big(object);
      return true;
    case Subtag::kFloat:
      add_float(object);
      return true;
    case Subtag::kProcBin:
    case Subtag::kHeapBinary:
    case Subtag::kSubBinary:
      add_bits(term);
      return true;
    default:
      add_identifier(term);
      return true;
  }
}

void KeyHasher::add_identifier(Term term) noexcept {
  const Identifier identifier = identifier_of(term);
  if (!identifier.local) varies_ = true;
  switch (identifier.kind) {
    case IdentifierKind::kReference:
      return identifier.local ? add_reference(identifier) : add_external_reference(identifier);
    case IdentifierKind::kPid:
      add(low(identifier.node), high(identifier.node), kPid);
      return add(low(identifier.id), high(identifier.id), kPid);
    case IdentifierKind::kPort:
      add(low(identifier.node), high(identifier.node), kPort);
      return add(low(identifier.id), high(identifier.id), kPort);
    case IdentifierKind::kNone:
      unknown_kind_ = true;
  }
}

void KeyHasher::add_reference(const Identifier& reference) noexcept {
  const auto& numbers = reference.numbers;
  add(numbers[0], 0, kReference);
  add(numbers[1], numbers[2], kReferenceMiddle);
  if (reference.count == kPidRefNumbers) add(numbers[3], numbers[4], kReferenceEnd);
}

// The last numbers first; the node before number 0.
void KeyHasher::add_external_reference(const Identifier& reference) noexcept {
  const auto& numbers = reference.numbers;
  if (reference.count > 3) add(numbers[3], numbers[4], kReferenceEnd);
  if (reference.count > 1) add(numbers[1], numbers[2], kReferenceMiddle);
  add(low(reference.node), high(reference.node), kReference);
  if (reference.count > 0) add(numbers[0], 0, kReference);
}

// A flat map: key, value, key, value, in the order of keys. A hash map: from the last child to the
// first, descending into inner nodes.
bool KeyHasher::add_map(const Word* object) noexcept {
  if (map_kind(object[0]) == MapKind::kNode) return add_map_node(object);
  add(low(object[kFlatMapSize]), 0, kMap);
  if (map_kind(object[0]) != MapKind::kFlat) return add_map_node(object);
  const Word* keys = Term{object[kFlatMapKeys]}.pointer() + 1;
  for (std::size_t i = object[kFlatMapSize]; i > 0; --i) {
    if (!push(Term{object[kFlatMapValues + i - 1]}) || !push(Term{keys[i - 1]})) return false;
  }
  return true;
}

bool KeyHasher::add_map_node(const Word* object) noexcept {
  for (const Word word : children_of(make_boxed(object))) {
    const Term child{word};
    const bool pushed =
        child.is_list() ? push(tail_of(child)) && push(head_of(child)) : push(child);
    if (!pushed) return false;
  }
  return true;
}

// The runtime mixes in the address of the entry; module, function and arity replace it here.
bool KeyHasher::add_fun(const Word* object) noexcept {
  varies_ = true;
  const Word entry = object[kFunEntry];
  if (object[kFunCreator] == kExternalFunCreator.word) {
    add(low(entry), high(entry), kExternalFun);
    add(low(fun_arity(object[kFunArity])), 0, kExternalFun);
    return true;
  }
  const std::size_t free = fun_free(object[kFunArity]);
  add(low(free), 0, kLocalFun);
  add(low(entry), high(entry), kLocalFunEntry);
  return push_reversed(object + kFunWords, free);
}

// 0.0 and -0.0 are one key.
void KeyHasher::add_float(const Word* object) noexcept {
  const bool zero = (object[1] << 1) == 0;
  add(zero ? 0 : low(object[1]), zero ? 0 : high(object[1]), kFloat);
}

void KeyHasher::add_big(const Word* object) noexcept {
  const bool negative = header_subtag(object[0]) == Subtag::kNegativeBig;
  for (std::size_t i = 1; i <= header_arity(object[0]); ++i) {
    add(low(object[i]), high(object[i]), negative ? kNegativeBig : kPositiveBig);
  }
}

void KeyHasher::add_bits(Term bitstring) noexcept {
  const Bits bits = bits_of(bitstring);
  const std::uint32_t seed = kBinary + hash_;
  if (bits.size == 0) {
    hash_ = seed;
    return;
  }
  hash_ = hash_bytes(bits, seed);
  const unsigned odd = bits.odd_bits();
  if (odd > 0) {
    add(odd, static_cast<std::uint32_t>(bits.byte(bits.whole_bytes()) >> (8 - odd)), kOddBits);
  }
}

}  // namespace beam
