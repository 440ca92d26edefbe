#include "engine/etf/identifier_leaf.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "engine/etf/leaf.hpp"
#include "engine/term/identifier.hpp"

namespace beam {

namespace {

constexpr const char* kNameless = "the name of a node is not an atom";
constexpr std::uint32_t kMaxShortCreation = 3;
constexpr std::uint32_t kMaxLocalPidNumber = (std::uint32_t{1} << kLocalPidNumberBits) - 1;
constexpr std::uint32_t kMaxLocalSerial =
    (std::uint32_t{1} << (kLocalIdentifierBits - kLocalPidNumberBits)) - 1;
constexpr std::uint64_t kMaxLocalPort = (std::uint64_t{1} << kLocalIdentifierBits) - 1;
// The first number of a local reference, and of every one in the older formats (MAX_REFERENCE).
constexpr std::uint32_t kMaxFirstNumber = (std::uint32_t{1} << 18) - 1;

Error truncated(const ByteReader& in) { return in.truncated("a term is truncated"); }

struct Node {
  bool local = false;
  Word packed = 0;
};

Result<std::uint32_t> read_creation(ByteReader& in, std::size_t bytes) {
  const std::uint64_t offset = in.offset();
  const std::uint8_t* field = in.take(bytes);
  if (field == nullptr) return truncated(in);
  const std::uint32_t creation = bytes == 1 ? *field : big_endian_32(field);
  if (bytes == 1 && creation > kMaxShortCreation) {
    return Error{"a node has an impossible creation",
                 offset,
                 {creation, "{}, and {} is the last", kMaxShortCreation}};
  }
  return creation;
}

Node make_node(Term name, std::uint32_t creation, ImageBuilder& to) {
  return {creation == 0 && to.atoms().name(name) == kThisNodeName,
          pack_node(name.atom_index(), creation)};
}

// Node, number, serial, creation.
Result<Term> decode_pid(ByteReader& in, ImageBuilder& to, std::size_t creation_bytes) {
  BEAM_TRY(const auto name, decode_atom_leaf(in, to, kNameless));
  const std::uint64_t offset = in.offset();
  const std::uint8_t* field = in.take(8);
  if (field == nullptr) return truncated(in);
  const std::uint32_t number = big_endian_32(field);
  const std::uint32_t serial = big_endian_32(field + 4);
  BEAM_TRY(const auto creation, read_creation(in, creation_bytes));
  const Node node = make_node(name, creation, to);
  if (!node.local) {
    return to.build(kExternalIdWords, [&](TermWriter& writer) {
      return writer.external_pid(node.packed, number, serial);
    });
  }
  if (number > kMaxLocalPidNumber || serial > kMaxLocalSerial) {
    return Error{"a pid of the node itself is out of range",
                 offset,
                 {number, "number {}, and {} is the last, or its serial is out of range",
                  kMaxLocalPidNumber}};
  }
  return make_pid((Word{serial} << kLocalPidNumberBits) | number);
}

// Node, identifier, creation.
Result<Term> decode_port(ByteReader& in, ImageBuilder& to, std::size_t id_bytes,
                         std::size_t creation_bytes) {
  BEAM_TRY(const auto name, decode_atom_leaf(in, to, kNameless));
  const std::uint64_t offset = in.offset();
  const std::uint8_t* field = in.take(id_bytes);
  if (field == nullptr) return truncated(in);
  const std::uint64_t id = id_bytes == 8 ? big_endian_64(field) : big_endian_32(field);
  BEAM_TRY(const auto creation, read_creation(in, creation_bytes));
  const Node node = make_node(name, creation, to);
  if (!node.local) {
    return to.build(kExternalIdWords,
                    [&](TermWriter& writer) { return writer.external_port(node.packed, id); });
  }
  if (id > kMaxLocalPort)
    return Error{"a port of the node itself is out of range",
                 offset,
                 {id, "number {}, and {} is the last", kMaxLocalPort}};
  return make_port(id);
}

using Numbers = std::span<std::uint32_t>;

Result<Unit> read_numbers(ByteReader& in, Numbers numbers) {
  for (std::uint32_t& number : numbers) {
    const std::uint8_t* field = in.take(4);
    if (field == nullptr) return truncated(in);
    number = big_endian_32(field);
  }
  return Unit{};
}

// Always an ordinary reference, padded if it has fewer numbers: a file cannot say what an alias or
// a magic reference refers to.
Result<Term> local_reference(Numbers given, ImageBuilder& to, std::uint64_t offset) {
  if (given.empty() || given.size() > kRefNumbers || given[0] > kMaxFirstNumber) {
    return Error{
        "a reference of the node itself is impossible",
        offset,
        {given.size(), "{} numbers, where it has 1 to {}, or the first is too large", kRefNumbers}};
  }
  std::array<std::uint32_t, kRefNumbers> numbers{};
  std::copy(given.begin(), given.end(), numbers.begin());
  return to.build(kRefWords, [&](TermWriter& writer) { return writer.reference(numbers); });
}

Result<Term> make_reference(const Node& node, Numbers numbers, ImageBuilder& to,
                            std::uint64_t offset) {
  if (node.local) return local_reference(numbers, to, offset);
  return to.build(external_ref_words(numbers.size()), [&](TermWriter& writer) {
    return writer.external_reference(node.packed, numbers);
  });
}

// Node, one number, creation.
Result<Term> decode_old_reference(ByteReader& in, ImageBuilder& to) {
  BEAM_TRY(const auto name, decode_atom_leaf(in, to, kNameless));
  const std::uint64_t offset = in.offset();
  std::array<std::uint32_t, 1> numbers{};
  BEAM_CHECK(read_numbers(in, numbers));
  BEAM_TRY(const auto creation, read_creation(in, 1));
  if (numbers[0] > kMaxFirstNumber) {
    return Error{"a reference has an impossible number",
                 offset,
                 {numbers[0], "{}, and {} is the last", kMaxFirstNumber}};
  }
  return make_reference(make_node(name, creation, to), numbers, to, offset);
}

// Count, node, creation, numbers.
Result<Term> decode_reference(ByteReader& in, ImageBuilder& to, std::size_t creation_bytes) {
  const std::uint64_t offset = in.offset();
  const std::uint8_t* field = in.take(2);
  if (field == nullptr) return truncated(in);
  const std::size_t count = big_endian_16(field);
  if (count > kMaxRefNumbers)
    return Error{"a reference has too many numbers",
                 offset,
                 {count, "{}, and it has {} at most", kMaxRefNumbers}};
  BEAM_TRY(const auto name, decode_atom_leaf(in, to, kNameless));
  BEAM_TRY(const auto creation, read_creation(in, creation_bytes));
  std::array<std::uint32_t, kMaxRefNumbers> room{};
  const Numbers numbers = Numbers(room).first(count);
  BEAM_CHECK(read_numbers(in, numbers));
  if (creation_bytes == 1 && room[0] > kMaxFirstNumber) {
    return Error{"a reference has an impossible number",
                 offset,
                 {room[0], "{}, and {} is the last", kMaxFirstNumber}};
  }
  return make_reference(make_node(name, creation, to), numbers, to, offset);
}

}  // namespace

std::optional<Result<Term>> decode_identifier(EtfTag tag, ByteReader& in, ImageBuilder& to) {
  switch (tag) {
    case EtfTag::kPid:
      return decode_pid(in, to, 1);
    case EtfTag::kNewPid:
      return decode_pid(in, to, 4);
    case EtfTag::kPort:
      return decode_port(in, to, 4, 1);
    case EtfTag::kNewPort:
      return decode_port(in, to, 4, 4);
    case EtfTag::kV4Port:
      return decode_port(in, to, 8, 4);
    case EtfTag::kReference:
      return decode_old_reference(in, to);
    case EtfTag::kNewReference:
      return decode_reference(in, to, 1);
    case EtfTag::kNewerReference:
      return decode_reference(in, to, 4);
    default:
      return std::nullopt;
  }
}

}  // namespace beam
