// Holders as a prediction makes them, before any purge.
#include "bench/predict/holders.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam_test;

// A module whose literals are {Binary}, 8 words each: a payload of so many bytes counts outside of
// the area.
class BinariesWorld {
 public:
  BinariesWorld(std::size_t count, std::size_t bytes) : payloads_(count * (bytes + 64)) {
    area_.module = beam::make_atom(7);
    area_.image = empty_image(count * kLiteralWords);
    for (std::uint32_t i = 0; i < count; ++i) {
      const TermRoom room(area_.image);
      const beam::Term binary = counted_binary(room, payloads_.make(bytes));
      REQUIRE(area_.image.literals.push_back(tuple(room, {binary})));
      REQUIRE(area_.usable.push_back(i));
      REQUIRE(area_.words.push_back(kLiteralWords));
      kind_.literals.push_back(i);
    }
  }

  // Who holds all of them.
  beam::Process hold(bench::holders::Holding holding) {
    const bench::predict::Variant variant{.holding = holding};
    areas_.push_back(must(bench::predict::LiteralAreas::lay_out(area_, variant, {})));
    const bench::predict::AreaPart& part = areas_.back().parts().front();
    must(node_.load(part.name, *part.image));
    return must(bench::predict::make_holder(kind_, {}, variant, areas_.back(), node_, blocks_));
  }

  static constexpr std::size_t kLiteralWords = 8;

 private:
  Payloads payloads_;
  bench::cells::Area area_;
  bench::predict::HolderKind kind_;
  std::vector<bench::predict::LiteralAreas> areas_;
  bench::predict::HolderMemory memory_;
  bench::predict::HolderBlocks blocks_{&memory_};
  beam::Node node_ = must(beam::Node::create());
};

TEST_CASE("binaries in a holder's copies count in its virtual binary heap") {
  BinariesWorld world(5, 1000);
  // As in OTP 25 after five ets:lookup/2.
  CHECK(world.hold(bench::holders::Holding::kCopies).virtual_heap.young == 5 * 125);
}

TEST_CASE("binaries in literals that are held in place count for nobody") {
  BinariesWorld world(5, 1000);
  CHECK(world.hold(bench::holders::Holding::kLiterals).virtual_heap.young == 0);
}

TEST_CASE("a lookup that brings too many bytes of binaries is followed by a collection") {
  // Ten of 100,000 bytes pass the limit of 46,422 words at the fourth, and are all live: these are
  // the figures of OTP 25 after ten ets:lookup/2.
  BinariesWorld world(10, 100'000);
  const beam::Process process = world.hold(bench::holders::Holding::kCopies);
  CHECK(process.virtual_heap.young == 75'000);
  CHECK(process.virtual_heap.young_limit == 75'110);
  CHECK(process.virtual_heap.old == 50'000);
  CHECK(process.old.words != 0);
}

}  // namespace
