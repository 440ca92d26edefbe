// Terms that the loader adds, each once.
#include "engine/beam_file/dynamic_literals.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/decoding.hpp"

namespace {

using namespace beam;
using namespace beam_test;

struct Literals {
  // A term outside of the image that literals are added to.
  Term term(const Bytes& bytes) { return must(scratch.decode(bytes)); }
  DynamicLiterals::Added add(const Bytes& bytes) { return must(literals.add(term(bytes))); }

  Decoding scratch;
  beam::ImageBuilder builder = must(ImageBuilder::create(scratch.atoms, Decoding::small_limits()));
  DynamicLiterals literals{builder};
};

}  // namespace

TEST_CASE("a term that is new is copied into the image") {
  Literals literals;
  const auto added = literals.add(etf::tuple({etf::small(1), etf::float_number(1.0)}));
  CHECK(added.is_new);
  CHECK(added.term == make_boxed(literals.builder.image().words.base()));
  CHECK(literals.builder.words() == 3 + 2);
}

TEST_CASE("a term that is there already is found, however its parts are shared") {
  Literals literals;
  const auto first = literals.add(etf::tuple({etf::list({etf::small(1)}, etf::nil())}));
  const auto second = literals.add(etf::tuple({etf::list({etf::small(1)}, etf::nil())}));
  CHECK_FALSE(second.is_new);
  CHECK(second.term == first.term);
  CHECK(literals.builder.words() == 2 + 2);
}

TEST_CASE("terms that differ only deep inside are told apart") {
  Literals literals;
  for (std::uint8_t i = 0; i < 100; ++i) {
    CHECK(literals.add(etf::tuple({etf::tuple({etf::tuple({etf::small(i)})})})).is_new);
  }
  for (std::uint8_t i = 0; i < 100; ++i) {
    CHECK_FALSE(literals.add(etf::tuple({etf::tuple({etf::tuple({etf::small(i)})})})).is_new);
  }
}

TEST_CASE("integers and floats of the same value are different") {
  Literals literals;
  CHECK(literals.add(etf::tuple({etf::small(1)})).is_new);
  CHECK(literals.add(etf::tuple({etf::float_number(1.0)})).is_new);
}

TEST_CASE("both zeros are the same float") {
  Literals literals;
  CHECK(literals.add(etf::tuple({etf::float_number(0.0)})).is_new);
  CHECK_FALSE(literals.add(etf::tuple({etf::float_number(-0.0)})).is_new);
}

TEST_CASE("ten thousand terms are added and found again") {
  Literals literals;
  const auto number = [](std::size_t i) {
    return etf::big(false,
                    join({Bytes{static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8)},
                          Bytes(8, 1)}));
  };
  for (std::size_t i = 0; i < 10000; ++i) REQUIRE(literals.add(number(i)).is_new);
  for (std::size_t i = 0; i < 10000; ++i) REQUIRE_FALSE(literals.add(number(i)).is_new);
  CHECK(literals.builder.words() == 3 * 10000);
}
