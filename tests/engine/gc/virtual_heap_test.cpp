// The virtual binary heap: when binaries off the heap make a collection due, and a major one of it.
// The sequences are those of a process of OTP 25 that took binaries of 12,500 words one by one.
#include "engine/gc/collect.hpp"
#include "engine/heap/process_info.hpp"
#include "engine/heap/virtual_heap.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/term_room.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// {bin_vheap_size, bin_vheap_block_size, bin_old_vheap_size, bin_old_vheap_block_size}
using Sizes = std::array<std::uint64_t, 4>;

Sizes sizes_of(const Process& process) {
  const auto info = garbage_collection_info(process);
  return {info.bin_vheap_size, info.bin_vheap_block_size, info.bin_old_vheap_size,
          info.bin_old_vheap_block_size};
}

// A process with a list of binaries on its stack.
class Keeper {
 public:
  Keeper() : process(spawn(memory)) {
    payload_ = payloads_.make(100000);
    REQUIRE(process.push(kNil));
  }

  // Takes one more; collects when the runtime would.
  void take() {
    payload_->retain();
    Word* at = must(allocate_words(process, kProcBinWords + kConsWords));
    at[0] = kProcBinHeader;
    at[kProcBinSize] = payload_->size;
    at[kProcBinPayload] = reinterpret_cast<Word>(payload_);
    at[kProcBinBytes] = reinterpret_cast<Word>(payload_->bytes());
    at[kProcBinFlags] = 0;
    process.own(at);
    at[kProcBinWords] = make_boxed(at).word;
    at[kProcBinWords + 1] = process.stack_term(0).word;
    process.stack_term(0) = make_list(at + kProcBinWords);
    if (process.collection_due()) must(collect(process));
  }
  void take(std::size_t count) {
    for (; count > 0; --count) take();
  }
  void drop(std::size_t count) {
    for (; count > 0; --count) process.stack_term(0) = tail_of(process.stack_term(0));
  }
  [[nodiscard]] Sizes after_minor() {
    must(collect(process));
    CHECK(damage(process) == kNoDamage);
    return sizes_of(process);
  }
  [[nodiscard]] Sizes after_major() {
    must(collect_major(process));
    return sizes_of(process);
  }
  [[nodiscard]] Sizes after_taking(std::size_t count) {
    take(count);
    return sizes_of(process);
  }

 private:
  Payloads payloads_;
  RefcBinary* payload_ = nullptr;

 public:
  TestMemory memory;
  Process process;
};

}  // namespace

TEST_CASE("a new process may have 46422 words of binaries before it collects") {
  TestMemory memory;
  CHECK(sizes_of(spawn(memory)) == Sizes{0, 46422, 0, 46422});
  CHECK(sizes_of(spawn(memory, {.min_virtual_words = 234})) == Sizes{0, 376, 0, 376});
}

TEST_CASE("the virtual heap grows with the binaries that a process keeps") {
  Keeper keeper;
  CHECK(keeper.after_taking(3) == Sizes{37500, 46422, 0, 46422});
  CHECK(keeper.after_taking(1) == Sizes{50000, 75110, 0, 75110});
  CHECK(keeper.after_taking(1) == Sizes{62500, 75110, 0, 75110});
  CHECK(keeper.after_minor() == Sizes{12500, 46422, 50000, 75110});
  CHECK(keeper.after_minor() == Sizes{0, 46422, 62500, 75110});
  CHECK(keeper.after_taking(3) == Sizes{37500, 46422, 62500, 75110});
  CHECK(keeper.after_taking(1) == Sizes{50000, 75110, 62500, 75110});
  CHECK(keeper.after_taking(1) == Sizes{62500, 75110, 62500, 75110});
  CHECK(keeper.after_minor() == Sizes{12500, 46422, 112500, 75110});
  CHECK(keeper.after_major() == Sizes{125000, 196630, 0, 46422});
}

TEST_CASE("a minor collection becomes a major one when old binaries have reached their limit") {
  Keeper keeper;
  keeper.take(14);
  CHECK(sizes_of(keeper.process) == Sizes{175000, 318147, 0, 121527});
  CHECK(keeper.after_minor() == Sizes{0, 159073, 175000, 121527});
  CHECK(keeper.after_minor() == Sizes{175000, 257380, 0, 60763});
  CHECK(keeper.process.minor_collections == 0);
  CHECK(keeper.after_minor() == Sizes{0, 128690, 175000, 60763});
  CHECK(keeper.after_minor() == Sizes{175000, 336899, 0, 46422});
  CHECK(keeper.after_minor() == Sizes{0, 168449, 175000, 46422});
  CHECK(keeper.after_minor() == Sizes{175000, 272550, 0, 46422});
}

TEST_CASE("the virtual heap shrinks by half a collection and stays when no binary is left") {
  Keeper keeper;
  keeper.take(14);
  keeper.drop(14);
  CHECK(keeper.after_major() == Sizes{0, 159073, 0, 318147});
  CHECK(keeper.after_major() == Sizes{0, 159073, 0, 318147});
}

TEST_CASE("hibernation counts binaries anew") {
  Keeper keeper;
  keeper.take(5);
  keeper.drop(5);
  must(hibernate(keeper.process));
  CHECK(sizes_of(keeper.process)[0] == 0);
  CHECK(keeper.memory.live_bytes() == 4 * kWordBytes);
}

TEST_CASE("limits follow use and are never below the minimum") {
  check_property([] {
    const auto used = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 50);
    const auto limit = *rc::gen::inRange<std::uint64_t>(12, std::uint64_t{1} << 50);
    const std::uint64_t next = next_virtual_limit(used, limit, 46422);
    RC_ASSERT(next >= 46422U);
    RC_ASSERT(used / 3 <= next / 4);
    RC_ASSERT(used / 3 > limit / 4 || next <= std::max<std::uint64_t>(limit, 46422));
  });
}
