#include "engine/beam_file/literal_chunk.hpp"

#include "engine/etf/decode.hpp"
#include "engine/etf/inflate.hpp"

namespace beam {

namespace {

constexpr Error kNoMemory{"no memory for the literal table"};

// A size field, a version and a tag.
constexpr std::size_t kLeastLiteralBytes = 6;

Slack difference(const AreaBounds& before, const AreaBounds& after, std::size_t words) noexcept {
  return {words - (after.min_words - before.min_words), after.max_words - before.max_words - words};
}

// Bytes after the term, within its size, are ignored, as in the loader.
Result<Slack> read_literal(ByteReader& in, TermDecoder& decoder, ImageBuilder& to) {
  const std::uint8_t* field = in.take(4);
  if (field == nullptr) return in.truncated("the literal table is truncated");
  const std::size_t size = big_endian_32(field);
  const std::uint64_t offset = in.offset();
  const std::uint8_t* bytes = in.take(size);
  if (bytes == nullptr) return in.truncated("a literal is truncated");
  const AreaBounds before = to.bounds();
  const std::size_t words_before = to.words();
  ByteReader literal({bytes, size}, offset);
  const Result<Term> term = decoder.decode(literal);
  if (!term) return term.error();
  if (!to.image().literals.push_back(term.value())) return kNoMemory;
  return difference(before, to.bounds(), to.words() - words_before);
}

Result<MappedArray<Slack>> read_table(ByteReader in, ImageBuilder& to) {
  const std::uint8_t* field = in.take(4);
  if (field == nullptr) return in.truncated("the literal table is truncated");
  const std::size_t count = big_endian_32(field);
  if (count > in.remaining() / kLeastLiteralBytes) {
    return in.error("the literal table claims more literals than there are bytes",
                    {count, "{} literals in {} bytes", in.remaining()});
  }
  MappedArray<Slack> slacks;
  if (!slacks.reserve(count) || !to.image().literals.reserve(count)) return kNoMemory;
  TermDecoder decoder(to);
  for (std::size_t i = 0; i < count; ++i) {
    BEAM_TRY(const auto slack, read_literal(in, decoder, to));
    if (!slacks.push_back(slack)) return kNoMemory;
  }
  return slacks;
}

}  // namespace

Result<MappedArray<Slack>> read_literals(const Chunk& chunk, ImageBuilder& to) {
  if (!chunk.present()) return MappedArray<Slack>();
  ByteReader in = chunk.reader();
  const std::uint8_t* field = in.take(4);
  if (field == nullptr) return in.truncated("the LitT chunk is truncated");
  const std::size_t size = big_endian_32(field);
  if (size == 0) return read_table(in, to);
  if (size > to.limits().max_unpacked_bytes) {
    return Error{"the LitT chunk claims more bytes than allowed",
                 chunk.offset,
                 {size, "{} bytes, and {} are allowed", to.limits().max_unpacked_bytes}};
  }
  if (!deflate_reaches(size, in.remaining())) {
    return Error{"the LitT chunk claims more bytes than it can unpack to",
                 chunk.offset,
                 {size, "{} bytes out of {}", in.remaining()}};
  }
  BEAM_TRY(const auto unpacked, unpack_claimed(in, size, to.limits().max_unpacked_bytes));
  auto table = read_table(ByteReader(unpacked.span()), to);
  if (!table) return table.error().in("of the unpacked literals");
  return table;
}

}  // namespace beam
