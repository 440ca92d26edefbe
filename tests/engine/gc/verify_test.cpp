// The heap verifier sees every kind of damage. Each test breaks one thing in a sound process.
#include "engine/gc/collect.hpp"
#include "engine/gc/verify.hpp"
#include "engine/term/off_heap.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/property.hpp"
#include "tests/support/term_room.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// A process with something everywhere: {tuple} and a binary in the old heap; the same, mature, in
// the young heap; a tuple above the high-water mark that refers to a literal; a dictionary.
class Patient {
 public:
  Patient() {
    push_tuple_and_binary();
    must(collect_major(process));
    must(collect(process));
    push_tuple_and_binary();
    must(collect(process));
    REQUIRE(process.push(tuple(room(), {make_small(1), area_.literal(0)})));
    must(process.put_dictionary(process.stack_term(0)));
    REQUIRE(diagnosis() == kNoDamage);
  }

  [[nodiscard]] std::string diagnosis() const { return damage(process, &space_); }
  void release_literals() { area_.release(); }
  [[nodiscard]] TermRoom room() noexcept { return TermRoom(process); }

  [[nodiscard]] Term newer_tuple() noexcept { return process.stack_term(0); }
  [[nodiscard]] Term mature_binary() noexcept { return process.stack_term(1); }
  [[nodiscard]] Term mature_tuple() noexcept { return process.stack_term(2); }
  [[nodiscard]] Term old_binary() noexcept { return process.stack_term(3); }
  [[nodiscard]] Term old_tuple() noexcept { return process.stack_term(4); }
  [[nodiscard]] Term literal() const noexcept { return area_.literal(0); }

 private:
  void push_tuple_and_binary() {
    REQUIRE(process.push(tuple(room(), {small_list(room(), 3)})));
    REQUIRE(process.push(counted_binary(room(), payloads_.make(100))));
  }

  Payloads payloads_;
  TestMemory memory_;
  LiteralSpace space_ = test_space();
  AreaImage image_ = records_image(1, 2, 10);
  LoadedArea area_{space_, image_};

 public:
  Process process = spawn(memory_, {}, 0, space_.range());
};

Word& word_of(Term pointer, std::size_t index = 0) { return pointer.pointer()[index]; }

}  // namespace

TEST_CASE("a sound process passes the verifier") {
  const Patient patient;
  CHECK(patient.diagnosis() == kNoDamage);
}

TEST_CASE("the verifier sees heap pointers out of order") {
  Patient patient;
  Word* const high_water = patient.process.high_water;
  patient.process.high_water = patient.process.htop + 1;
  CHECK(patient.diagnosis() == "the heap pointers of a process are out of order");
  patient.process.high_water = high_water;
  Word* const old_htop = patient.process.old_htop;
  patient.process.old_htop = patient.process.old.end() + 1;
  CHECK(patient.diagnosis() == "the heap pointers of a process are out of order");
  patient.process.old_htop = old_htop;
}

TEST_CASE("the verifier sees a tuple that is longer than its heap") {
  Patient patient;
  word_of(patient.newer_tuple()) = make_header(1000, Subtag::kTuple);
  CHECK(patient.diagnosis() == "a tuple leaves its heap");
}

TEST_CASE("the verifier sees raw data that is longer than its heap") {
  Patient patient;
  const Term number = big(patient.room(), std::vector<Word>{1});
  word_of(number) = make_header(2, Subtag::kPositiveBig);
  CHECK(patient.diagnosis() == "an object leaves its heap");
}

TEST_CASE("the verifier sees a map that is longer than its heap") {
  Patient patient;
  const Term map = flat_map(patient.room(), patient.mature_tuple(), std::vector<Term>{kNil});
  word_of(map, kFlatMapSize) = 1000;
  CHECK(patient.diagnosis() == "an object leaves its heap");
}

TEST_CASE("the verifier sees a header of no known kind") {
  Patient patient;
  const Term number = float_number(patient.room(), 1);
  word_of(number) = make_header(1, static_cast<Subtag>(0x7));
  CHECK(patient.diagnosis() == "an object has an unknown header");
}

TEST_CASE("the verifier sees the mark of a cons that moved") {
  Patient patient;
  word_of(cons(patient.room(), kNil, kNil)) = kNonValue.word;
  CHECK(patient.diagnosis() == "a heap holds the non-value");
}

TEST_CASE("the verifier sees the forwarding pointer of an object that moved") {
  Patient patient;
  word_of(patient.newer_tuple()) = make_boxed(patient.mature_tuple().pointer()).word;
  CHECK(patient.diagnosis() == "a pointer misses its object");
}

TEST_CASE("the verifier sees old heap that points into young heap") {
  Patient patient;
  word_of(patient.old_tuple(), 1) = patient.mature_tuple().word;
  CHECK(patient.diagnosis() == "old heap points into young heap");
}

TEST_CASE("the verifier sees mature heap that points at what is newer") {
  Patient patient;
  word_of(patient.mature_tuple(), 1) = patient.newer_tuple().word;
  CHECK(patient.diagnosis() == "mature heap points above the high-water mark");
}

TEST_CASE("the verifier sees pointers that miss their object") {
  Patient patient;
  Term& root = patient.process.stack_term(0);
  const Term newer = patient.newer_tuple();
  const Term binary = patient.mature_binary();
  for (const Word missing : {
           make_boxed(newer.pointer() + 1).word,                 // a boxed pointer at an element
           make_list(newer.pointer()).word,                      // a cons pointer at a header
           make_list(binary.pointer() + 1).word,                 // a cons pointer at raw data
           make_list(patient.process.htop - 1).word,             // half a cons
           make_boxed(patient.old_binary().pointer() + 1).word,  // the same in the old heap
           newer.word + 4,                                       // half a word off
       }) {
    root = Term{missing};
    CHECK(patient.diagnosis() == "a pointer misses its object");
  }
}

TEST_CASE("the verifier sees a pointer out of the process, from any root") {
  Patient patient;
  const Word elsewhere[2] = {kNil.word, kNil.word};
  patient.process.dictionary.begin[0] = make_list(elsewhere).word;
  CHECK(patient.diagnosis() == "a pointer leaves the process");
  patient.process.dictionary.begin[0] = kNil.word;
  patient.process.stack_term(0) = make_list(patient.process.htop);
  CHECK(patient.diagnosis() == "a pointer leaves the process");
}

TEST_CASE("the verifier does not take a return address for a pointer") {
  Patient patient;
  patient.process.stack_term(0) = Term{0x7F00'1234'5670};
  CHECK(patient.diagnosis() == kNoDamage);
}

TEST_CASE("the verifier sees a pointer into literals that were freed, even in garbage") {
  Patient patient;
  patient.process.stack_term(0) = kNil;
  patient.process.dictionary.begin[0] = kNil.word;
  patient.release_literals();
  CHECK(patient.diagnosis() == "a pointer leads into freed literals");
}

TEST_CASE("a process that is verified without a literal space may hold no literals") {
  const Patient patient;
  CHECK(damage(patient.process, nullptr) == "a pointer leads into freed literals");
}

TEST_CASE("the verifier sees an off-heap list that leaves the process") {
  Patient patient;
  Word elsewhere[kProcBinWords] = {kProcBinHeader};
  Word* const first = patient.process.off_heap;
  patient.process.off_heap = elsewhere;
  CHECK(patient.diagnosis() == "the off-heap list leaves the process");
  patient.process.off_heap = first;
}

TEST_CASE("the verifier sees an off-heap list that misses its object") {
  Patient patient;
  Word* const first = patient.process.off_heap;
  patient.process.off_heap = patient.mature_tuple().pointer();
  CHECK(patient.diagnosis() == "the off-heap list misses its object");
  patient.process.off_heap = first;
}

TEST_CASE("the verifier sees young objects after old ones in the off-heap list") {
  Patient patient;
  Word* const young = patient.mature_binary().pointer();
  Word* const old = patient.old_binary().pointer();
  REQUIRE(patient.process.off_heap == young);
  patient.process.off_heap = old;
  old[kOffHeapNext] = reinterpret_cast<Word>(young);
  young[kOffHeapNext] = 0;
  CHECK(patient.diagnosis() == "the off-heap list has young after old");
}

TEST_CASE("the verifier sees an off-heap list that goes in a circle") {
  Patient patient;
  Word* const old = patient.old_binary().pointer();
  old[kOffHeapNext] = reinterpret_cast<Word>(old);
  CHECK(patient.diagnosis() == "the off-heap list is too long");
  old[kOffHeapNext] = 0;
}

TEST_CASE("the verifier sees an off-heap list that lacks an object") {
  Patient patient;
  word_of(patient.mature_binary(), kOffHeapNext) = 0;
  CHECK(patient.diagnosis() == "the off-heap list lacks an object");
  word_of(patient.mature_binary(), kOffHeapNext) =
      reinterpret_cast<Word>(patient.old_binary().pointer());
}

TEST_CASE("the verifier knows which objects belong on the off-heap list") {
  Patient patient;
  local_fun(patient.room(), std::vector<Term>{kNil, patient.literal()});
  external_pid(patient.room());
  external_fun(patient.room());
  CHECK(patient.diagnosis() == kNoDamage);
  word_of(make_boxed(patient.process.off_heap), kOffHeapNext) = 0;
  CHECK(patient.diagnosis() == "the off-heap list lacks an object");
}

TEST_CASE("the verifier says which word is broken") {
  Patient patient;
  const Word elsewhere[2] = {kNil.word, kNil.word};
  const Word broken = make_list(elsewhere).word;
  word_of(patient.newer_tuple(), 1) = broken;
  const auto verdict = verify_process(patient.process, nullptr);
  REQUIRE_FALSE(verdict.ok());
  CHECK(verdict.error().value == broken);
}
