#include "tests/support/etf_value.hpp"

#include <algorithm>
#include <bit>
#include <set>

#include <rapidcheck.h>

#include "engine/term/layout.hpp"
#include "engine/term/refc_binary.hpp"

namespace beam_test {

namespace {

using namespace beam;
using Kind = EtfValue::Kind;

Bytes tagged(EtfTag tag, const std::vector<Bytes>& parts) {
  return join({u8(static_cast<std::uint8_t>(tag)), join(parts)});
}

Bytes random_bytes(int most) { return *rc::gen::resize(most, rc::gen::arbitrary<Bytes>()); }

void drop_leading_zeros(Bytes& magnitude) {
  while (!magnitude.empty() && magnitude.back() == 0) magnitude.pop_back();
}

Bytes fixed_width(const EtfValue& integer, std::size_t width) {
  Bytes bytes = integer.bytes;
  bytes.resize(std::max(width, bytes.size()));
  return bytes;
}

std::uint64_t magnitude(const EtfValue& integer) {
  std::uint64_t value = 0;
  for (std::size_t i = integer.bytes.size(); i-- > 0;) value = value << 8 | integer.bytes[i];
  return value;
}

EtfValue random_leaf() {
  EtfValue value;
  value.kind = *rc::gen::element(Kind::kInteger, Kind::kFloat, Kind::kAtom, Kind::kNil,
                                 Kind::kBinary, Kind::kBits, Kind::kFun);
  switch (value.kind) {
    case Kind::kInteger:
      value.bytes = random_bytes(*rc::gen::element(1, 4, 8, 9, 30));
      drop_leading_zeros(value.bytes);
      value.negative = !value.bytes.empty() && *rc::gen::arbitrary<bool>();
      break;
    case Kind::kFloat:
      value.number = *rc::gen::inRange(1, 100000) / 8.0;
      break;
    case Kind::kAtom:
    case Kind::kFun:
      value.name = *rc::gen::element<std::string>("a", "b", "", "atom", "\u00e9\u03bb\u20ac");
      value.small = *rc::gen::arbitrary<std::uint8_t>();
      break;
    case Kind::kBits:
      value.bytes = random_bytes(*rc::gen::element(8, 100));
      value.bytes.push_back(0x80);
      value.small = static_cast<std::uint8_t>(*rc::gen::inRange(1, 8));
      break;
    default:
      value.bytes = value.kind == Kind::kBinary ? random_bytes(*rc::gen::element(8, 100)) : Bytes();
      break;
  }
  return value;
}

// Keeps the first of pairs with equal keys.
void make_keys_distinct(std::vector<EtfValue>& parts) {
  std::set<Bytes> seen;
  std::vector<EtfValue> kept;
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
    if (!seen.insert(encode_canonical(parts[i])).second) continue;
    kept.push_back(parts[i]);
    kept.push_back(parts[i + 1]);
  }
  parts = std::move(kept);
}

Bytes canonical_integer(bool negative, Bytes bytes) {
  drop_leading_zeros(bytes);
  return etf::big(negative, bytes);
}

Bytes canonical_map(std::vector<std::pair<Bytes, Bytes>> pairs) {
  std::ranges::sort(pairs);
  return etf::map(pairs);
}

bool is_list_of_bytes(const EtfValue& list) {
  return list.parts.back().kind == Kind::kNil &&
         std::all_of(list.parts.begin(), list.parts.end() - 1, [](const EtfValue& part) {
           return part.kind == Kind::kInteger && !part.negative && part.bytes.size() <= 1;
         });
}

// The forms that only some terms have.
Bytes encode_integer(const EtfValue& value) {
  const std::uint64_t size = magnitude(value);
  if (value.bytes.size() <= 4 && size <= INT32_MAX && *rc::gen::arbitrary<bool>()) {
    const auto number = static_cast<std::int32_t>(size);
    if (!value.negative && number < 256 && *rc::gen::arbitrary<bool>()) {
      return etf::small(static_cast<std::uint8_t>(number));
    }
    return etf::integer(value.negative ? -number : number);
  }
  const Bytes bytes = fixed_width(value, static_cast<std::size_t>(*rc::gen::inRange(0, 40)));
  if (*rc::gen::arbitrary<bool>()) return etf::big(value.negative, bytes);
  return tagged(EtfTag::kLargeBig, {u32(bytes.size()), u8(value.negative ? 1 : 0), bytes});
}

Bytes encode_atom(const std::string& name) {
  if (*rc::gen::arbitrary<bool>()) return etf::atom(name);
  if (name.size() <= 4 && *rc::gen::arbitrary<bool>()) {
    return *rc::gen::arbitrary<bool>() ? tagged(EtfTag::kAtom, {u16(name.size()), text(name)})
                                       : tagged(EtfTag::kSmallAtom, {u8(name.size()), text(name)});
  }
  return tagged(EtfTag::kAtomUtf8, {u16(name.size()), text(name)});
}

Bytes encode_list(const EtfValue& value) {
  if (is_list_of_bytes(value) && *rc::gen::arbitrary<bool>()) {
    Bytes characters;
    for (std::size_t i = 0; i + 1 < value.parts.size(); ++i) {
      characters.push_back(static_cast<std::uint8_t>(magnitude(value.parts[i])));
    }
    return tagged(EtfTag::kString, {u16(characters.size()), characters});
  }
  std::vector<Bytes> elements;
  for (const EtfValue& part : value.parts) elements.push_back(encode_any(part));
  const Bytes tail = elements.back();
  elements.pop_back();
  return etf::list(elements, tail);
}

Bytes encode_tuple(const EtfValue& value) {
  std::vector<Bytes> elements;
  for (const EtfValue& part : value.parts) elements.push_back(encode_any(part));
  if (*rc::gen::arbitrary<bool>()) return etf::tuple(elements);
  return tagged(EtfTag::kLargeTuple, {u32(elements.size()), join(elements)});
}

Bytes encode_binary(const Bytes& bytes) {
  const bool as_bits = !bytes.empty() && *rc::gen::arbitrary<bool>();
  return as_bits ? etf::bits(bytes, 8) : etf::binary(bytes);
}

// Elements and tail of a list, the tail's own elements included.
void flatten(const EtfValue& list, std::vector<Bytes>& elements, Bytes& tail) {
  for (std::size_t i = 0; i + 1 < list.parts.size(); ++i) {
    elements.push_back(encode_canonical(list.parts[i]));
  }
  const EtfValue& last = list.parts.back();
  if (last.kind == Kind::kList) return flatten(last, elements, tail);
  tail = encode_canonical(last);
}

Bytes canonical_list(Term term, const AtomTable& atoms) {
  std::vector<Bytes> elements;
  for (; term.is_list(); term = tail_of(term)) {
    elements.push_back(encode_canonical(head_of(term), atoms));
  }
  return etf::list(elements, encode_canonical(term, atoms));
}

Bytes canonical_big(const Word* object, bool negative) {
  Bytes bytes;
  for (std::size_t i = 1; i <= header_arity(object[0]); ++i) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
      bytes.push_back(static_cast<std::uint8_t>(object[i] >> shift));
    }
  }
  return canonical_integer(negative, bytes);
}

Bytes canonical_flat_map(const Word* map, const AtomTable& atoms) {
  std::vector<std::pair<Bytes, Bytes>> pairs;
  const Word* keys = Term{map[kFlatMapKeys]}.pointer();
  for (std::size_t i = 0; i < map[kFlatMapSize]; ++i) {
    pairs.emplace_back(encode_canonical(Term{keys[1 + i]}, atoms),
                       encode_canonical(Term{map[kFlatMapValues + i]}, atoms));
  }
  return canonical_map(pairs);
}

const std::uint8_t* binary_bytes(const Word* object) {
  if (header_subtag(object[0]) == Subtag::kProcBin) return payload_of(object)->bytes();
  return reinterpret_cast<const std::uint8_t*>(object + 2);
}

Bytes canonical_binary(const Word* object) {
  const std::uint8_t* bytes = binary_bytes(object);
  return etf::binary(Bytes(bytes, bytes + object[1]));
}

Bytes canonical_bits(const Word* object) {
  const std::uint8_t* bytes = binary_bytes(Term{object[kSubBinaryOrig]}.pointer());
  return etf::bits(Bytes(bytes, bytes + object[kSubBinarySize] + 1),
                   static_cast<std::uint8_t>(packed_bit_size(object[kSubBinaryBits])));
}

Bytes canonical_fun(const Word* object, const AtomTable& atoms) {
  const Word entry = object[kFunEntry];
  return etf::external_fun(atoms.name(make_atom(export_module(entry))),
                           atoms.name(make_atom(export_function(entry))),
                           etf::small(static_cast<std::uint8_t>(fun_arity(object[kFunArity]))));
}

Bytes canonical_tuple(const Word* object, const AtomTable& atoms) {
  std::vector<Bytes> elements;
  for (std::size_t i = 1; i <= header_arity(object[0]); ++i) {
    elements.push_back(encode_canonical(Term{object[i]}, atoms));
  }
  return etf::tuple(elements);
}

Bytes canonical_boxed(const Word* object, const AtomTable& atoms) {
  switch (header_subtag(object[0])) {
    case Subtag::kTuple:
      return canonical_tuple(object, atoms);
    case Subtag::kPositiveBig:
      return canonical_big(object, false);
    case Subtag::kNegativeBig:
      return canonical_big(object, true);
    case Subtag::kFloat:
      return etf::float_number(std::bit_cast<double>(object[1]));
    case Subtag::kMap:
      return canonical_flat_map(object, atoms);
    case Subtag::kFun:
      return canonical_fun(object, atoms);
    case Subtag::kSubBinary:
      return canonical_bits(object);
    default:
      return canonical_binary(object);
  }
}

Bytes canonical_small(std::int64_t value) {
  Bytes bytes;
  const bool negative = value < 0;
  auto rest = static_cast<std::uint64_t>(negative ? -value : value);
  for (; rest != 0; rest >>= 8) bytes.push_back(static_cast<std::uint8_t>(rest));
  return canonical_integer(negative, bytes);
}

}  // namespace

EtfValue random_value(int depth) {
  if (depth == 0 || *rc::gen::inRange(0, 3) == 0) return random_leaf();
  EtfValue value;
  value.kind = *rc::gen::element(Kind::kTuple, Kind::kList, Kind::kMap);
  int parts = *rc::gen::inRange(0, 6);
  if (value.kind == Kind::kList) parts += 2;
  if (value.kind == Kind::kMap) parts *= 2;
  for (int i = 0; i < parts; ++i) value.parts.push_back(random_value(depth - 1));
  if (value.kind == Kind::kMap) make_keys_distinct(value.parts);
  return value;
}

Bytes encode_any(const EtfValue& value) {
  switch (value.kind) {
    case Kind::kInteger:
      return encode_integer(value);
    case Kind::kAtom:
      return encode_atom(value.name);
    case Kind::kBinary:
      return encode_binary(value.bytes);
    case Kind::kTuple:
      return encode_tuple(value);
    case Kind::kList:
      return encode_list(value);
    case Kind::kMap: {
      std::vector<std::pair<Bytes, Bytes>> pairs;
      for (std::size_t i = 0; i < value.parts.size(); i += 2) {
        pairs.emplace_back(encode_any(value.parts[i]), encode_any(value.parts[i + 1]));
      }
      return etf::map(pairs);
    }
    default:
      return encode_canonical(value);
  }
}

Bytes encode_canonical(const EtfValue& value) {
  std::vector<Bytes> elements;
  switch (value.kind) {
    case Kind::kInteger:
      return canonical_integer(value.negative, value.bytes);
    case Kind::kFloat:
      return etf::float_number(value.number);
    case Kind::kAtom:
      return etf::atom(value.name);
    case Kind::kNil:
      return etf::nil();
    case Kind::kBinary:
      return etf::binary(value.bytes);
    case Kind::kBits:
      return etf::bits(value.bytes, value.small);
    case Kind::kFun:
      return etf::external_fun(value.name, value.name, etf::small(value.small));
    case Kind::kTuple:
      for (const EtfValue& part : value.parts) elements.push_back(encode_canonical(part));
      return etf::tuple(elements);
    case Kind::kList: {
      Bytes tail;
      flatten(value, elements, tail);
      return etf::list(elements, tail);
    }
    case Kind::kMap:
      break;
  }
  std::vector<std::pair<Bytes, Bytes>> pairs;
  for (std::size_t i = 0; i < value.parts.size(); i += 2) {
    pairs.emplace_back(encode_canonical(value.parts[i]), encode_canonical(value.parts[i + 1]));
  }
  return canonical_map(pairs);
}

Bytes encode_canonical(Term term, const AtomTable& atoms) {
  if (term.is_small()) return canonical_small(term.small());
  if (term.is_atom()) return etf::atom(atoms.name(term));
  if (term.is_nil()) return etf::nil();
  return term.is_list() ? canonical_list(term, atoms) : canonical_boxed(term.pointer(), atoms);
}

std::size_t words_of(const EtfValue& value) {
  std::size_t words = 0;
  for (const EtfValue& part : value.parts) words += words_of(part);
  const std::size_t size = value.bytes.size();
  switch (value.kind) {
    case Kind::kInteger: {
      const bool small =
          size < 8 || (size == 8 && magnitude(value) < (std::uint64_t{1} << 59)) ||
          (value.negative && size == 8 && magnitude(value) == std::uint64_t{1} << 59);
      return small ? 0 : 1 + (size + 7) / 8;
    }
    case Kind::kFloat:
      return 2;
    case Kind::kAtom:
    case Kind::kNil:
      return 0;
    case Kind::kBinary:
    case Kind::kBits:
      return (size <= 64 ? 2 + (size + 7) / 8 : 6) + (value.kind == Kind::kBits ? 5 : 0);
    case Kind::kFun:
      return 5;
    case Kind::kTuple:
      return words + (value.parts.empty() ? 0 : 1 + value.parts.size());
    case Kind::kList:
      return words + 2 * (value.parts.size() - 1);
    case Kind::kMap:
      break;
  }
  const std::size_t keys = value.parts.size() / 2;
  return words + 3 + keys + (keys == 0 ? 0 : 1 + keys);
}

}  // namespace beam_test
