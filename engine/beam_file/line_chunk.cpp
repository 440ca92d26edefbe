#include "engine/beam_file/line_chunk.hpp"

#include <array>
#include <string>

#include "engine/base/mapped_array.hpp"
#include "engine/beam_file/compact_term.hpp"
#include "engine/etf/utf8.hpp"
#include "engine/term/layout.hpp"

namespace beam {

namespace {

constexpr std::uint32_t kLineVersion = 0;
constexpr std::size_t kHeadFields = 5;  // version, flags, instructions, items, names
constexpr std::size_t kMaxNameBytes = 32767;

// Items are lines (integers), or switch the file of the following ones (atom tags).
Result<Unit> skip_items(std::size_t count, ByteReader& in) {
  while (count > 0) {
    const Error damaged = in.error("the line table is damaged");
    BEAM_TRY(const CompactTerm term, read_compact(in));
    const bool is_line = term.tag == CompactTag::kInteger;
    if (!is_line && term.tag != CompactTag::kAtom) return damaged;
    if (!term.digits.empty() || term.value < 0) return damaged;
    if (is_line) --count;
  }
  return Unit{};
}

// Adds `name`, which is not empty, as a list of characters.
Result<Unit> add_name(std::string_view name, MappedArray<Word>& scratch, DynamicLiterals& to) {
  const Error not_utf8{"a file name is not UTF-8"};
  if (!scratch.resize(kConsWords * name.size())) return Error{"no memory for a file name"};
  std::size_t used = 0;
  while (!name.empty()) {
    const auto character = take_utf8(name);
    if (!character) return not_utf8;
    scratch[used] = make_small(std::int64_t{*character}).word;
    scratch[used + 1] = make_list(scratch.data() + used + kConsWords).word;
    used += kConsWords;
  }
  scratch[used - 1] = kNil.word;
  const auto added = to.add(make_list(scratch.data()));
  return added ? Result<Unit>(Unit{}) : added.error();
}

Result<Unit> read_name(ByteReader& in, MappedArray<Word>& scratch, DynamicLiterals& to) {
  const std::uint8_t* field = in.take(2);
  if (field == nullptr) return in.truncated("the line table is truncated");
  const std::size_t size = big_endian_16(field);
  if (size > kMaxNameBytes)
    return in.error("a file name is too long",
                    {size, "{} bytes, and {} are allowed", kMaxNameBytes});
  const std::uint64_t offset = in.offset();
  const std::uint8_t* name = in.take(size);
  if (name == nullptr) return in.truncated("the line table is truncated");
  if (size == 0) return Unit{};
  const Result<Unit> added = add_name({reinterpret_cast<const char*>(name), size}, scratch, to);
  if (added || added.error().offset != Error::kNowhere) return added;
  return added.error().at(offset);
}

}  // namespace

Result<Unit> read_line_names(const Chunk& chunk, std::string_view module, DynamicLiterals& to) {
  if (!chunk.present()) return Unit{};
  ByteReader in = chunk.reader();
  std::array<std::uint32_t, kHeadFields> head{};
  for (std::uint32_t& field : head) {
    const std::uint8_t* bytes = in.take(4);
    if (bytes == nullptr) return in.truncated("the line table is truncated");
    field = big_endian_32(bytes);
    if (head[0] != kLineVersion) return Unit{};
  }
  const std::size_t items = head[3];
  const std::size_t names = head[4];
  if (items + 2 * names > in.remaining()) {
    return Error{"the line table claims more than there is",
                 chunk.offset,
                 {items + 2 * names, "{} bytes at least, and {} are left", in.remaining()}};
  }
  const Result<Unit> skipped = skip_items(items, in);
  if (!skipped) return skipped;
  MappedArray<Word> scratch;
  const Result<Unit> own = add_name(std::string(module) + ".erl", scratch, to);
  if (!own) return own;
  for (std::size_t i = 0; i < names; ++i) {
    const Result<Unit> added = read_name(in, scratch, to);
    if (!added) return added;
  }
  return Unit{};
}

}  // namespace beam
