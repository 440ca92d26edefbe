// The code: what the loader makes literals of, and what is passed over.
#include "engine/beam_file/code_chunk.hpp"
#include "engine/beam_file/opcodes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/decoding.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr std::uint8_t kMove = 64;
constexpr std::uint8_t kSelectVal = 59;
constexpr std::uint8_t kTestHeap = 16;

// Literals of the modules below.
enum Literal : std::uint64_t { kEmptyMap, kTuple, kFloat, kSameFloat, kMap };

// Reads code against a small table of atoms and literals.
struct Code {
  Code() {
    for (const Bytes& term :
         {etf::map({}), etf::tuple({etf::atom("t"), etf::nil()}), etf::float_number(0.0),
          etf::float_number(-0.0), etf::map({{etf::small(1), etf::nil()}})}) {
      literals.push_back(must(decoding.decode(term)));
      slacks.push_back({});
    }
    static_words = decoding.builder.words();
    for (const char* name : {"m", "b", "a"}) atoms.push_back(must(decoding.atoms.intern(name)));
  }

  Result<Unit> read_chunk(const Bytes& data) {
    return read_code_literals(as_chunk(data), {atoms, literals, slacks}, decoding.builder, dynamic);
  }
  Result<Unit> read(const std::vector<Bytes>& instructions) {
    return read_chunk(code(instructions));
  }
  // Words that the loader adds for these instructions.
  std::size_t words(const std::vector<Bytes>& instructions) {
    must(read(instructions));
    return decoding.builder.words() - static_words;
  }
  // The last thing that was added, a tuple.
  std::string last_tuple(std::size_t elements) {
    const AreaImage& image = decoding.builder.image();
    return decoding.print(make_boxed(image.words.base() + image.words.used() - elements - 1));
  }

  Decoding decoding;
  DynamicLiterals dynamic{decoding.builder};
  std::vector<Term> atoms{kNil};
  std::vector<Term> literals;
  std::vector<Slack> slacks;
  std::size_t static_words = 0;
};

std::size_t words_for(const std::vector<Bytes>& instructions) { return Code().words(instructions); }

Error error_in(const std::vector<Bytes>& instructions) { return Code().read(instructions).error(); }

Bytes load(const Bytes& operand) { return instruction(kMove, {operand, operand::x(0)}); }

Bytes put_map(const Bytes& map, const std::vector<Bytes>& keys) {
  std::vector<Bytes> pairs;
  for (const Bytes& key : keys) {
    pairs.push_back(key);
    pairs.push_back(operand::x(1));
  }
  return instruction(kOpPutMapAssoc, {operand::label(0), map, operand::x(0), operand::number(2),
                                      operand::list(pairs)});
}
Bytes new_map(const std::vector<Bytes>& keys) { return put_map(operand::literal(kEmptyMap), keys); }

Bytes big(const Bytes& digits) { return operand::digits(CompactTag::kInteger, digits); }
// 2^59, the least integer that is no small.
const Bytes kLeastBig = u64(std::uint64_t{1} << 59);

}  // namespace

TEST_CASE("code without large integers and new maps adds nothing") {
  CHECK(words_for({load(operand::integer(5)), load(operand::literal(kTuple))}) == 0);
}

TEST_CASE("an integer over the small range adds a big integer") {
  CHECK(words_for({load(big(kLeastBig))}) == 2);
  CHECK(words_for({load(big(join({u8(0), Bytes(8, 0xFF)})))}) == 2);
  CHECK(words_for({load(big(join({u8(1), zeros(8)})))}) == 3);
  CHECK(words_for({load(big(join({u8(0xFF), zeros(8)})))}) == 3);
  CHECK(words_for({load(big(u64(0x8000000000000000)))}) == 2);
}

TEST_CASE("an integer operand keeps its value") {
  Code code;
  must(code.read({load(big(join({u8(0xFF), zeros(8)})))}));
  const AreaImage& image = code.decoding.builder.image();
  CHECK(code.decoding.print(make_boxed(image.words.base() + code.static_words)) ==
        "-18446744073709551616");
}

TEST_CASE("equal integers add one big integer, different ones each its own") {
  const Bytes below = u64(0U - (std::uint64_t{1} << 59) - 1);
  CHECK(words_for({load(big(kLeastBig)), load(big(kLeastBig)), load(big(below))}) == 4);
}

TEST_CASE("integers in a list of operands count") {
  const Bytes list = operand::list({big(kLeastBig), operand::label(1)});
  CHECK(words_for({instruction(kSelectVal, {operand::x(0), operand::label(0), list})}) == 2);
}

TEST_CASE("an integer written with more bytes than it needs is refused") {
  CHECK(error_in({load(big(zeros(9)))}).value == 9);
  CHECK(error_in({load(big(join({zeros(2), Bytes(8, 0xFF)})))}).value == 10);
  CHECK(error_in({load(big(Bytes(9, 0xFF)))}).value == 9);
}

TEST_CASE("an integer over the runtime's limit adds nothing") {
  const std::size_t most = kMaxBigDigits * kWordBytes;
  CHECK(words_for({load(big(Bytes(most, 0x7F)))}) == 1 + kMaxBigDigits);
  CHECK(words_for({load(big(Bytes(most + 1, 0x7F)))}) == 0);
  CHECK(words_for({load(big(Bytes(most + 9, 0x7F)))}) == 0);
}

TEST_CASE("a new map of constant keys adds the tuple of its sorted keys") {
  Code code;
  CHECK(code.words({new_map({operand::atom(2), operand::integer(5), operand::atom(3)})}) == 4);
  CHECK(code.last_tuple(3) == "{5,a,b}");
}

TEST_CASE("keys of every constant kind are sorted as map keys are") {
  Code code;
  const std::size_t words =
      code.words({new_map({operand::nil(), operand::literal(kFloat), operand::atom(2),
                           operand::integer(7), operand::literal(kTuple)})});
  CHECK(words == 6 + 2 + 3);
}

TEST_CASE("keys that are large integers are added too") {
  CHECK(words_for({new_map({big(kLeastBig)})}) == 2 + 2 + 2);
}

TEST_CASE("equal sets of keys add one tuple, in whichever order they are written") {
  const Bytes one = new_map({operand::atom(2), operand::atom(3)});
  const Bytes other = new_map({operand::atom(3), operand::atom(2)});
  CHECK(words_for({one, other, new_map({operand::atom(2)})}) == 3 + 2);
}

TEST_CASE("keys that are different literals with equal values add one tuple") {
  CHECK(words_for({new_map({operand::literal(kFloat)}), new_map({operand::literal(kSameFloat)})}) ==
        2 + 2);
}

TEST_CASE("a map with a variable key adds nothing") {
  CHECK(words_for({new_map({operand::x(3)})}) == 0);
}

TEST_CASE("a map made from another than the literal empty map adds nothing") {
  CHECK(words_for({put_map(operand::x(0), {operand::atom(2)})}) == 0);
  CHECK(words_for({put_map(operand::literal(kTuple), {operand::atom(2)})}) == 0);
  CHECK(words_for({put_map(operand::literal(kMap), {operand::atom(2)})}) == 0);
}

TEST_CASE("a new map of 32 keys adds their tuple, one of 33 adds nothing") {
  std::vector<Bytes> keys;
  for (std::uint16_t i = 0; i < 32; ++i) keys.push_back(operand::integer(i));
  CHECK(words_for({new_map(keys)}) == 33);
  keys.push_back(operand::integer(32));
  CHECK(words_for({new_map(keys)}) == 0);
}

TEST_CASE("a new map without keys adds nothing") { CHECK(words_for({new_map({})}) == 0); }

TEST_CASE("a map's key without a value is refused") {
  const Bytes odd = operand::list({operand::atom(2)});
  CHECK_FALSE(
      Code()
          .read({instruction(kOpPutMapAssoc, {operand::label(0), operand::literal(kEmptyMap),
                                              operand::x(0), operand::number(0), odd})})
          .ok());
}

TEST_CASE("the slack of keys that vary becomes the area's, once") {
  Code code;
  code.slacks[kTuple] = {1, 10};
  must(code.read({new_map({operand::literal(kTuple)}), new_map({operand::literal(kTuple)})}));
  const auto& bounds = code.decoding.builder.bounds();
  CHECK(bounds.min_words == code.decoding.builder.words() - 1);
  CHECK(bounds.max_words == code.decoding.builder.words() + 10);
}

TEST_CASE("operands of every form are passed over") {
  const Bytes extended_2 = join({operand::compact(CompactTag::kExtended, 2), operand::number(7)});
  const Bytes typed =
      join({operand::compact(CompactTag::kExtended, 5), operand::x(1), operand::number(3)});
  const Bytes allocation =
      join({operand::compact(CompactTag::kExtended, 3), operand::number(2), operand::number(0),
            operand::number(5), operand::number(1), operand::number(1)});
  CHECK(words_for({load(extended_2), load(typed), load(operand::compact(CompactTag::kYRegister, 1)),
                   instruction(kTestHeap, {allocation, operand::number(2)}),
                   load(operand::digits(CompactTag::kUnsigned, Bytes(20, 0xFF)))}) == 0);
}

TEST_CASE("damaged operands are refused with their offset") {
  const auto extended = [](std::uint64_t kind) {
    return operand::compact(CompactTag::kExtended, kind);
  };
  const std::vector<Bytes> damaged = {
      extended(0),
      extended(6),
      operand::compact(CompactTag::kCharacter, 1),
      operand::atom(4),
      operand::literal(5),
      join({extended(5), operand::atom(1), operand::number(1)}),
      join({extended(3), operand::number(4)}),
      operand::digits(CompactTag::kLabel, Bytes(9, 1)),
      operand::digits(CompactTag::kExtended, Bytes(9, 1)),
      operand::digits(CompactTag::kAtom, Bytes(9, 1)),
  };
  for (std::size_t i = 0; i < damaged.size(); ++i) {
    INFO(i);
    const Error error = error_in({load(damaged[i])});
    CHECK(error.offset >= 21);
    CHECK(error.offset <= 24);
  }
}

TEST_CASE("a list of operands stands last and has no more elements than there are bytes") {
  CHECK(error_in({instruction(kMove, {operand::list({}), operand::x(0)})}).offset == 21);
  const Bytes long_list = join({operand::compact(CompactTag::kExtended, 1), operand::number(1000)});
  CHECK_FALSE(
      Code().read({instruction(kSelectVal, {operand::x(0), operand::label(0), long_list})}).ok());
}

TEST_CASE("an instruction of no release is refused with its number") {
  CHECK(error_in({u8(0)}).value == 0);
  CHECK(error_in({u8(kMaxOpcode + 1)}).value == kMaxOpcode + 1);
  CHECK(error_in({u8(255)}).offset == 20);
}

TEST_CASE("every instruction has its operands") {
  // A few, one of each release that added some.
  CHECK(kOperandCounts[1] == 1);    // label
  CHECK(kOperandCounts[125] == 6);  // gc_bif2
  CHECK(kOperandCounts[154] == 5);  // put_map_assoc
  CHECK(kOperandCounts[164] == 2);  // put_tuple2
  CHECK(kOperandCounts[180] == 1);  // badrecord
  CHECK(kOperandCounts[182] == 3);  // bs_match
  CHECK(kOperandCounts[183] == 2);  // executable_line
  CHECK(kOperandCounts[184] == 4);  // debug_line
  CHECK(kOperandCounts[193] == 6);  // update_record_id
  for (std::size_t opcode = 1; opcode <= kMaxOpcode; ++opcode) {
    if (opcode == kOpIntCodeEnd) continue;
    INFO(opcode);
    const std::vector<Bytes> operands(kOperandCounts[opcode], operand::x(0));
    const std::vector<Bytes> twice(2, instruction(static_cast<std::uint8_t>(opcode), operands));
    CHECK(words_for(twice) == 0);
  }
}

TEST_CASE("what follows the end of the code is ignored") {
  const Bytes chunk = join({code({}), text("anything")});
  CHECK(Code().read_chunk(chunk).ok());
}

TEST_CASE("code without an end, or truncated anywhere, is refused") {
  const Bytes whole = code({load(big(kLeastBig)), new_map({operand::atom(2)})});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(size);
    CHECK_FALSE(
        Code()
            .read_chunk(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)))
            .ok());
  }
}

TEST_CASE("code of another format is refused") {
  Bytes chunk = code({});
  chunk[7] = 1;
  const auto read = Code().read_chunk(chunk);
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().value == 1);
}
