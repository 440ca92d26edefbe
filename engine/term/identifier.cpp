#include "engine/term/identifier.hpp"

#include <cstring>

#include "engine/term/off_heap.hpp"
#include "engine/term/refc_binary.hpp"

namespace beam {

namespace {

Identifier local_id(IdentifierKind kind, std::uint64_t id) noexcept {
  Identifier identifier;
  identifier.kind = kind;
  identifier.id = id;
  return identifier;
}

Identifier local_pid(Word data) noexcept {
  const Word number = data & ((Word{1} << kLocalPidNumberBits) - 1);
  return local_id(IdentifierKind::kPid, (data >> kLocalPidNumberBits << 32) | number);
}

// `count` 32-bit numbers at `from`.
Identifier reference(const void* from, std::size_t count) noexcept {
  Identifier identifier;
  identifier.kind = IdentifierKind::kReference;
  identifier.count = count;
  std::memcpy(identifier.numbers.data(), from, count * sizeof(std::uint32_t));
  return identifier;
}

Identifier local_reference(const Word* object) noexcept {
  if (is_magic_ref(object)) return reference(payload_of(object)->bytes(), kRefNumbers);
  const auto* halves = reinterpret_cast<const char*>(object + 1);
  return reference(halves + sizeof(std::uint32_t), 2 * header_arity(object[0]) - 1);
}

Identifier external(Identifier identifier, const Word* object) noexcept {
  identifier.local = false;
  identifier.node = object[kExternalNode];
  return identifier;
}

Identifier boxed_identifier(const Word* object) noexcept {
  const auto* data = reinterpret_cast<const char*>(object + kExternalData);
  switch (header_subtag(object[0])) {
    case Subtag::kRef:
      return local_reference(object);
    case Subtag::kExternalPid:
      return external(local_id(IdentifierKind::kPid, object[kExternalData]), object);
    case Subtag::kExternalPort:
      return external(local_id(IdentifierKind::kPort, object[kExternalData]), object);
    case Subtag::kExternalRef:
      return external(reference(data + sizeof(std::uint32_t), object[kExternalData] & 0xFFFFFFFFU),
                      object);
    default:
      return {};
  }
}

}  // namespace

Identifier identifier_of(Term term) noexcept {
  if (term.is_boxed()) return boxed_identifier(term.pointer());
  if (term.is_pid()) return local_pid(term.word >> 4);
  if (term.is_port()) return local_id(IdentifierKind::kPort, term.word >> 4);
  return {};
}

bool same_identifier(const Identifier& a, const Identifier& b) noexcept {
  return a.kind == b.kind && a.local == b.local && a.node == b.node && a.id == b.id &&
         a.numbers == b.numbers;
}

}  // namespace beam
