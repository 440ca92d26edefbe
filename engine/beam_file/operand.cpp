#include "engine/beam_file/operand.hpp"

#include "engine/beam_file/compact_term.hpp"

namespace beam {

namespace {

// The values of a compact term with the tag kExtended. 0 was a float up to R15B; the loader rejects
// it.
enum class Extended : std::uint8_t {
  kList = 1,
  kFloatRegister = 2,
  kAllocationList = 3,
  kLiteral = 4,
  kTypedRegister = 5,
};

constexpr const char* kDamaged = "an operand is damaged";

Operand of_kind(Operand::Kind kind, std::size_t number) noexcept {
  return {kind, kNonValue, number, {}};
}

Result<Operand> read_number(Operand::Kind kind, ByteReader& in) {
  BEAM_TRY(const auto number, read_compact_value(in, CompactTag::kUnsigned, kDamaged));
  return of_kind(kind, number);
}

Result<Operand> read_list(ByteReader& in) {
  const Error damaged = in.error("an operand list claims more elements than there are bytes");
  const auto list = read_number(Operand::Kind::kList, in);
  if (list && list.value().number > in.remaining()) return damaged;
  return list;
}

// Up to three pairs of an allocation kind and a count.
Result<Operand> read_allocation_list(ByteReader& in) {
  constexpr std::uint64_t kMaxPairs = 3;
  const Error damaged = in.error(kDamaged);
  BEAM_TRY(const auto pairs, read_compact_value(in, CompactTag::kUnsigned, kDamaged));
  if (pairs > kMaxPairs) return damaged;
  for (std::uint64_t i = 0; i < 2 * pairs; ++i) {
    BEAM_CHECK(read_compact_value(in, CompactTag::kUnsigned, kDamaged));
  }
  return Operand{};
}

// A register, then the index of its type.
Result<Operand> read_typed_register(ByteReader& in) {
  const Error damaged = in.error(kDamaged);
  BEAM_TRY(const auto place, read_compact(in));
  const CompactTag tag = place.tag;
  if (tag != CompactTag::kXRegister && tag != CompactTag::kYRegister) return damaged;
  return read_number(Operand::Kind::kOther, in);
}

Result<Operand> read_extended(std::int64_t value, const Error& damaged, ByteReader& in) {
  switch (static_cast<Extended>(value)) {
    case Extended::kList:
      return read_list(in);
    case Extended::kFloatRegister:
      return read_number(Operand::Kind::kOther, in);
    case Extended::kAllocationList:
      return read_allocation_list(in);
    case Extended::kLiteral:
      return read_number(Operand::Kind::kLiteral, in);
    case Extended::kTypedRegister:
      return read_typed_register(in);
  }
  return damaged;
}

}  // namespace

Result<Operand> read_operand(ByteReader& in, std::span<const Term> atoms) {
  const Error damaged = in.error(kDamaged);
  BEAM_TRY(const CompactTerm term, read_compact(in));
  const bool large = !term.digits.empty();
  switch (term.tag) {
    case CompactTag::kUnsigned:
      return Operand{};
    case CompactTag::kInteger:
      if (large) return Operand{Operand::Kind::kBigInteger, kNonValue, 0, term.digits};
      return Operand{Operand::Kind::kConstant, make_small(term.value), 0, {}};
    case CompactTag::kAtom: {
      const auto number = static_cast<std::size_t>(term.value);
      if (large || number >= atoms.size()) return damaged;
      return Operand{Operand::Kind::kConstant, atoms[number], 0, {}};
    }
    case CompactTag::kXRegister:
    case CompactTag::kYRegister:
    case CompactTag::kLabel:
      return large ? Result<Operand>(damaged) : Operand{};
    case CompactTag::kExtended:
      return large ? Result<Operand>(damaged) : read_extended(term.value, damaged, in);
    case CompactTag::kCharacter:
      break;
  }
  return damaged;
}

}  // namespace beam
