#include "engine/etf/decode.hpp"

#include <array>
#include <span>

#include "engine/etf/inflate.hpp"
#include "engine/etf/leaf.hpp"
#include "engine/etf/tags.hpp"
#include "engine/term/empty_tuple.hpp"
#include "engine/term/layout.hpp"

namespace beam {

namespace {

// The maximum arity of a function and number of free variables of a fun (MAX_ARG).
constexpr std::size_t kMaxArguments = 255;
constexpr Error kNoFrames{"no memory for nested terms"};

}  // namespace

Result<Term> TermDecoder::decode(ByteReader& in) {
  const std::uint64_t offset = in.offset();
  const std::uint8_t* version = in.take(1);
  if (version == nullptr) return in.truncated("a term is missing");
  if (*version != kEtfVersion)
    return Error{"a term has an unknown version",
                 offset,
                 {*version, "version {}, and {} is known", kEtfVersion}};
  const bool compressed =
      in.remaining() > 0 && in.rest()[0] == static_cast<std::uint8_t>(EtfTag::kCompressed);
  return compressed ? decode_compressed(in) : decode_plain(in);
}

Result<Term> TermDecoder::decode_compressed(ByteReader& in) {
  const std::uint8_t* head = in.take(5);
  if (head == nullptr) return in.truncated("a term is truncated");
  const std::size_t claimed = big_endian_32(head + 1);
  BEAM_TRY(const auto unpacked, unpack_claimed(in, claimed, to_.limits().max_unpacked_bytes));
  ByteReader inner(unpacked.span());
  const auto term = decode_plain(inner);
  return term ? term : term.error().in("of an unpacked term");
}

Result<Term> TermDecoder::decode_plain(ByteReader& in) {
  stack_.clear();
  collected_.clear();
  owed_ = 1;
  if (!stack_.push_back({Frame::Kind::kRoot, nullptr, 0, 1, in.offset()})) return kNoFrames;
  while (!stack_.empty()) {
    const Result<Unit> done = decode_next(in);
    if (!done) return done.error();
  }
  return root_;
}

Result<Unit> TermDecoder::decode_next(ByteReader& in) {
  const std::uint64_t offset = in.offset();
  const std::uint8_t* tag = in.take(1);
  if (tag == nullptr) return in.truncated("a term is missing");
  --owed_;
  switch (static_cast<EtfTag>(*tag)) {
    case EtfTag::kSmallTuple:
      return open_tuple(in, 1, offset);
    case EtfTag::kLargeTuple:
      return open_tuple(in, 4, offset);
    case EtfTag::kList:
      return open_list(in, offset);
    case EtfTag::kMap:
      return open_map(in, offset);
    case EtfTag::kNewFun:
      return open_fun(in, offset);
    default:
      break;
  }
  const auto leaf = decode_leaf(static_cast<EtfTag>(*tag), in, to_);
  if (!leaf) return Error{"a term has an unknown tag", offset, {*tag, "tag {}"}};
  return *leaf ? deliver(leaf->value()) : leaf->error();
}

// Reads an element count of `bytes` bytes; `terms_each` terms per element and `more` terms must
// follow.
Result<std::size_t> TermDecoder::read_count(ByteReader& in, std::size_t bytes,
                                            std::size_t terms_each, std::size_t more) {
  const std::uint8_t* field = in.take(bytes);
  if (field == nullptr) return in.truncated("a term is truncated");
  const std::size_t count = bytes == 1 ? *field : big_endian_32(field);
  const std::size_t terms = terms_each * count + more;
  if (terms + owed_ > in.remaining()) {
    return Error{"a term claims more elements than there are bytes",
                 in.offset() - bytes,
                 {count, "{} elements, and {} bytes are left", in.remaining()}};
  }
  owed_ += terms;
  return count;
}

Result<Unit> TermDecoder::open_tuple(ByteReader& in, std::size_t count_bytes,
                                     std::uint64_t offset) {
  BEAM_TRY(const std::size_t arity, read_count(in, count_bytes, 1, 0));
  if (arity == 0) return deliver(unplaced_empty_tuple());
  if (arity > kMaxTupleArity)
    return Error{"a tuple is too large",
                 offset,
                 {arity, "{} elements, and {} are the most", kMaxTupleArity}};
  Word* tuple = to_.allocate(1 + arity);
  if (tuple == nullptr) return kAreaFull;
  tuple[0] = make_header(arity, Subtag::kTuple);
  return open({Frame::Kind::kElements, tuple + 1, 0, arity, offset}, make_boxed(tuple));
}

// A list without elements is just its tail, any term.
Result<Unit> TermDecoder::open_list(ByteReader& in, std::uint64_t offset) {
  BEAM_TRY(const std::size_t length, read_count(in, 4, 1, 1));
  if (length == 0) return Unit{};
  Word* cells = to_.allocate(kConsWords * length);
  if (cells == nullptr) return kAreaFull;
  for (std::size_t i = 1; i < length; ++i) {
    cells[kConsWords * i - 1] = make_list(cells + kConsWords * i).word;
  }
  return open({Frame::Kind::kCells, cells, 0, length + 1, offset}, make_list(cells));
}

Result<Unit> TermDecoder::open_map(ByteReader& in, std::uint64_t offset) {
  BEAM_TRY(const auto count, read_count(in, 4, 2, 0));
  if (count == 0) {
    const Result<Term> empty = to_.map({});
    return empty ? deliver(empty.value()) : empty.error();
  }
  const std::size_t terms = 2 * count;
  const Frame frame{Frame::Kind::kPairs, nullptr, collected_.size(), terms, offset};
  if (!stack_.push_back(frame)) return kNoFrames;
  return Unit{};
}

// Size and arity, a 16-byte hash, two counts; module, index and hash as terms; then creator and
// environment. The size is redundant and not checked.
Result<Unit> TermDecoder::open_fun(ByteReader& in, std::uint64_t offset) {
  constexpr std::size_t kArity = 4;
  constexpr std::size_t kFree = kArity + 1 + 16 + 4;
  constexpr const char* kWrongPart = "a part of a fun has a wrong type";
  const std::uint8_t* head = in.take(kFree + 4);
  if (head == nullptr) return in.truncated("a term is truncated");
  const std::size_t free = big_endian_32(head + kFree);
  if (free > kMaxArguments)
    return Error{"a fun has too many free variables",
                 offset,
                 {free, "{}, and {} are the most", kMaxArguments}};
  BEAM_TRY(const auto module, decode_atom_leaf(in, to_, kWrongPart));
  const auto index = decode_integer_leaf(in, to_, kWrongPart);
  if (!index) return index.error();
  const auto hash = decode_integer_leaf(in, to_, kWrongPart);
  if (!hash) return hash.error();
  // Unsigned, so that negative numbers are too large.
  const auto at = static_cast<std::uint64_t>(index.value().small());
  const auto mark = static_cast<std::uint64_t>(hash.value().small());
  if (at >> kFunIndexBits != 0 || mark >> kFunHashBits != 0) {
    return Error{"a fun's index or hash is none that a compiler gives", offset};
  }
  return open_environment(
      in, {pack_fun_entry(module.atom_index(), at, mark), head[kArity], free, offset});
}

Result<Unit> TermDecoder::open_environment(ByteReader& in, const Fun& fun) {
  const std::size_t terms = 1 + fun.free;
  if (terms + owed_ > in.remaining()) {
    return Error{"a term claims more elements than there are bytes",
                 fun.offset,
                 {fun.free, "{} free variables, and {} bytes are left", in.remaining()}};
  }
  const auto creator = static_cast<EtfTag>(in.rest()[0]);
  if (creator != EtfTag::kPid && creator != EtfTag::kNewPid) {
    return Error{"a fun's creator is not a pid", in.offset(), {in.rest()[0], "tag {}"}};
  }
  owed_ += terms;
  std::array<Term, kMaxArguments> environment;
  environment.fill(kNil);
  const auto built = to_.build(kFunWords + fun.free, [&](TermWriter& writer) {
    return writer.local_fun(fun.entry, fun.arity, make_pid(0),
                            std::span(environment).first(fun.free));
  });
  if (!built) return built.error();
  return open({Frame::Kind::kElements, built.value().pointer() + kFunCreator, 0, terms, fun.offset},
              built.value());
}

// Delivers the container first: if it is the last term of its parent, the parent's frame is popped
// before this one is pushed.
Result<Unit> TermDecoder::open(const Frame& frame, Term container) {
  const Result<Unit> delivered = deliver(container);
  if (!delivered) return delivered;
  if (!stack_.push_back(frame)) return kNoFrames;
  return Unit{};
}

// Puts `term` into the innermost container. A map that it completes is in turn delivered to the
// next container.
Result<Unit> TermDecoder::deliver(Term term) {
  while (stack_.back().kind == Frame::Kind::kPairs) {
    if (!collected_.push_back(term)) return kNoFrames;
    if (--stack_.back().left > 0) return Unit{};
    const Result<Term> map = close_map();
    if (!map) return map.error();
    term = map.value();
  }
  place(term);
  return Unit{};
}

// deliver() for containers other than maps.
void TermDecoder::place(Term term) noexcept {
  Frame& frame = stack_.back();
  const bool last = --frame.left == 0;
  if (frame.kind == Frame::Kind::kRoot) {
    root_ = term;
  } else if (frame.kind == Frame::Kind::kElements) {
    *frame.slot++ = term.word;
  } else {
    // The last cell's tail is one word before where the next cell's head would be.
    frame.slot[last ? -1 : 0] = term.word;
    frame.slot += kConsWords;
  }
  if (last) stack_.pop_back();
}

Result<Term> TermDecoder::close_map() {
  const Frame frame = stack_.back();
  stack_.pop_back();
  Result<Term> map = to_.map({collected_.data() + frame.first, collected_.size() - frame.first});
  // Shrinking cannot fail.
  static_cast<void>(collected_.resize(frame.first));
  if (map) return map;
  return map.error().at(frame.offset);
}

}  // namespace beam
