#include "engine/beam_file/code_chunk.hpp"

#include <array>
#include <utility>

#include "engine/beam_file/opcodes.hpp"
#include "engine/beam_file/operand.hpp"
#include "engine/beam_file/operand_big.hpp"
#include "engine/term/layout.hpp"

namespace beam {

namespace {

constexpr std::uint32_t kCodeVersion = 0;
constexpr std::size_t kHeadFields = 4;  // version, largest opcode, labels, functions

// Operands of put_map_assoc: failure label, map, destination, live registers, then a list of keys
// and values.
constexpr std::size_t kMapOperand = 1;
constexpr std::size_t kMapListOperand = 4;
constexpr std::size_t kMaxMapOperands = kMapListOperand + 1 + 2 * kMaxFlatMapKeys;

// A constant operand as a term, and how much its size may vary; kNonValue if it is not constant.
struct Constant {
  Term term = kNonValue;
  Slack slack;
};

// The operands of one instruction, up to the number that a map of 32 keys needs.
class Operands {
 public:
  void clear() noexcept { count_ = 0; }
  void push(const Constant& operand) noexcept {
    if (count_ < kMaxMapOperands) operands_[count_] = operand;
    ++count_;
  }
  // For put_map_assoc: whether every key has a value; whether there are at most 32 keys.
  [[nodiscard]] bool are_paired() const noexcept { return (count_ - kMapListOperand) % 2 == 1; }
  [[nodiscard]] bool is_small_map() const noexcept { return count_ <= kMaxMapOperands; }
  [[nodiscard]] Term map() const noexcept { return operands_[kMapOperand].term; }
  [[nodiscard]] std::size_t pairs() const noexcept { return (count_ - kMapListOperand - 1) / 2; }
  [[nodiscard]] const Constant& key(std::size_t pair) const noexcept {
    return operands_[kMapListOperand + 1 + 2 * pair];
  }

 private:
  std::array<Constant, kMaxMapOperands> operands_;
  std::size_t count_ = 0;
};

bool is_empty_map(Term term) noexcept {
  return term.is_boxed() && term.pointer()[0] == kFlatMapHeader &&
         term.pointer()[kFlatMapSize] == 0;
}

// Insertion sort: there are at most 32, and compilers write them already sorted.
Result<Unit> sort_keys(std::span<Constant> keys, TermOrder& order) {
  for (std::size_t sorted = 1; sorted < keys.size(); ++sorted) {
    for (std::size_t at = sorted; at > 0; --at) {
      const Result<int> compared = order.compare(keys[at - 1].term, keys[at].term);
      if (!compared) return compared.error();
      if (compared.value() <= 0) break;
      std::swap(keys[at - 1], keys[at]);
    }
  }
  return Unit{};
}

class CodeReader {
 public:
  CodeReader(ByteReader code, const CodeTables& tables, ImageBuilder& image, DynamicLiterals& to)
      : in_(code), tables_(tables), image_(image), to_(to), order_(image.atoms()) {}

  Result<Unit> run() {
    for (;;) {
      const std::uint64_t offset = in_.offset();
      const std::uint8_t* opcode = in_.take(1);
      if (opcode == nullptr) return in_.truncated("the code ends too early");
      if (*opcode == kOpIntCodeEnd) return Unit{};
      if (*opcode == 0 || *opcode > kMaxOpcode) {
        return Error{"the code has an unknown instruction",
                     offset,
                     {*opcode, "number {}, and the last known one is {}", kMaxOpcode}};
      }
      const Result<Unit> read = read_instruction(*opcode);
      if (!read) return read;
    }
  }

 private:
  Result<Unit> read_instruction(std::uint8_t opcode) {
    operands_.clear();
    std::size_t left = kOperandCounts[opcode];
    while (left > 0) {
      --left;
      const std::uint64_t offset = in_.offset();
      const auto operand = read_operand(in_, tables_.atoms);
      if (!operand) return operand.error();
      if (operand.value().kind == Operand::Kind::kList) {
        if (left > 0) return Error{"a list of operands is not the last operand", offset};
        left = operand.value().number;
      }
      BEAM_TRY(const auto constant, constant_of(operand.value(), offset));
      operands_.push(constant);
    }
    if (opcode != kOpPutMapAssoc) return Unit{};
    return operands_.are_paired() ? add_keys() : in_.error("a map has a key without a value");
  }

  Result<Constant> constant_of(const Operand& operand, std::uint64_t offset) {
    switch (operand.kind) {
      case Operand::Kind::kConstant:
        return Constant{operand.constant, {}};
      case Operand::Kind::kLiteral:
        if (operand.number >= tables_.literals.size()) {
          return Error{"an operand is a literal that is not there",
                       offset,
                       {operand.number, "number {}, and there are {}", tables_.literals.size()}};
        }
        return Constant{tables_.literals[operand.number], tables_.slacks[operand.number]};
      case Operand::Kind::kBigInteger:
        return add_big(operand.digits, offset);
      case Operand::Kind::kOther:
      case Operand::Kind::kList:
        break;
    }
    return Constant{};
  }

  // The loader keeps no integer too large for the runtime: the instruction fails when executed.
  Result<Constant> add_big(std::span<const std::uint8_t> digits, std::uint64_t offset) {
    const auto big = big_.build(digits);
    if (!big) return Error{big.error().what, offset, {digits.size(), "{} bytes"}};
    if (!big.value().is_value()) return Constant{};
    BEAM_TRY(const auto added, to_.add(big.value()));
    return Constant{added.term, {}};
  }

  // The operands are those of put_map_assoc.
  Result<Unit> add_keys() {
    const std::size_t pairs = operands_.pairs();
    if (!operands_.is_small_map() || pairs == 0 || !is_empty_map(operands_.map())) return Unit{};
    std::array<Constant, kMaxFlatMapKeys> all;
    for (std::size_t i = 0; i < pairs; ++i) {
      all[i] = operands_.key(i);
      if (!all[i].term.is_value()) return Unit{};
    }
    const std::span<Constant> keys(all.data(), pairs);
    const Result<Unit> sorted = sort_keys(keys, order_);
    if (!sorted) return sorted;
    std::array<Word, 1 + kMaxFlatMapKeys> tuple{make_header(pairs, Subtag::kTuple)};
    for (std::size_t i = 0; i < pairs; ++i) tuple[1 + i] = keys[i].term.word;
    BEAM_TRY(const auto added, to_.add(make_boxed(tuple.data())));
    if (added.is_new) {
      for (const Constant& key : keys) image_.widen(key.slack.fewer, key.slack.more);
    }
    return Unit{};
  }

  ByteReader in_;
  CodeTables tables_;
  ImageBuilder& image_;
  DynamicLiterals& to_;
  TermOrder order_;
  Operands operands_;
  OperandBig big_;
};

}  // namespace

Result<Unit> read_code_literals(const Chunk& chunk, const CodeTables& tables, ImageBuilder& image,
                                DynamicLiterals& to) {
  ByteReader in = chunk.reader();
  const std::uint8_t* field = in.take(4);
  if (field == nullptr) return in.truncated("the Code chunk is truncated");
  const std::size_t size = big_endian_32(field);
  const std::uint64_t offset = in.offset();
  const std::uint8_t* head = in.take(size);
  if (head == nullptr) return in.truncated("the Code chunk's header is truncated");
  if (size < 4 * kHeadFields) {
    return Error{"the Code chunk's header is damaged",
                 offset,
                 {size, "{} bytes, and it has {} at least", 4 * kHeadFields}};
  }
  if (big_endian_32(head) != kCodeVersion) {
    return Error{"the code has an unknown format",
                 offset,
                 {big_endian_32(head), "format {}, and {} is known", kCodeVersion}};
  }
  return CodeReader(in, tables, image, to).run();
}

}  // namespace beam
