#include <array>
#include <string>

#include "bench/report/nearest_name.hpp"
#include "tests/support/catch.hpp"

namespace {

using bench::report::did_you_mean;
using bench::report::nearest_name;

constexpr std::array<std::string_view, 6> kNames = {"run",   "predict",  "compare",
                                                    "glibc", "mimalloc", "--area-words"};

std::string nearest(std::string_view typed) {
  return std::string(nearest_name(typed, kNames).value_or(""));
}

TEST_CASE("a character left out, put in, changed or swapped is one mistake") {
  CHECK(nearest("mimaloc") == "mimalloc");
  CHECK(nearest("gglibc") == "glibc");
  CHECK(nearest("glubc") == "glibc");
  CHECK(nearest("predcit") == "predict");
  CHECK(nearest("urn") == "run");
}

TEST_CASE("one character in three may be wrong, and three at most") {
  CHECK(nearest("rn") == "run");
  CHECK(nearest("r").empty());
  CHECK(nearest("prexxct") == "predict");
  CHECK(nearest("prexxxx").empty());
  CHECK(nearest("--areawors") == "--area-words");
  CHECK(nearest("--xxxx-words").empty());
}

TEST_CASE("upper case, underscores and dashes in front are no mistakes") {
  CHECK(nearest("GLIBC") == "glibc");
  CHECK(nearest("AREA_WORDS") == "--area-words");
  CHECK(nearest("-area-words") == "--area-words");
}

TEST_CASE("a beginning of three characters stands for the one name that has it") {
  CHECK(nearest("--area") == "--area-words");
  CHECK(nearest("mim") == "mimalloc");
  CHECK(nearest("mi").empty());
  constexpr std::array<std::string_view, 2> kTwo = {"standard", "standing"};
  CHECK(!nearest_name("stan", kTwo));
}

TEST_CASE("the nearest of several names is taken, and the first of those that are equally near") {
  constexpr std::array<std::string_view, 3> kNear = {"cart", "card", "cars"};
  CHECK(nearest_name("carz", kNear) == "cart");
  CHECK(nearest_name("card", kNear) == "card");
  CHECK(nearest_name("crad", kNear) == "card");
}

TEST_CASE("no name is near to nothing, to another word or to a very long one") {
  CHECK(nearest("").empty());
  CHECK(nearest("--").empty());
  CHECK(nearest("xyz").empty());
  CHECK(nearest(std::string(1'000'000, 'r')).empty());
  CHECK(!nearest_name("run", {}));
}

TEST_CASE("a sentence ends with the name that was meant, or stays as it is") {
  CHECK(did_you_mean("predcit", kNames) == ": did you mean 'predict'?");
  CHECK(did_you_mean("xyz", kNames).empty());
}

}  // namespace
