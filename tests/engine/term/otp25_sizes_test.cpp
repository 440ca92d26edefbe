// The sizes that erts_debug of OTP 25 gives for terms of every kind
// (tests/fixtures/otp25_sizes.json).
#include <fstream>
#include <map>

#include <nlohmann/json.hpp>

#include "engine/term/map_lookup.hpp"
#include "engine/term/shared_copy.hpp"
#include "engine/term/term_words.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/must.hpp"
#include "tests/support/paths.hpp"

namespace {

using beam::Term;
using beam::Word;
using beam_test::must;
using Bytes = TermBuilder::Bytes;
using Numbers = std::vector<std::uint32_t>;

// Builds the terms of the fixture by name. What is built until literal() is a literal.
class Terms {
 public:
  std::map<std::string, Term> by_name;

  Terms() {
    add_literals();
    literal_words_ = b_.arena().used();
    add_immediates_and_numbers();
    add_containers();
    add_binaries();
    add_maps();
    add_funs();
    add_identifiers();
    add_shared();
  }

  [[nodiscard]] beam::AddressRange literals() {
    return {reinterpret_cast<Word>(b_.arena().base()), literal_words_ * sizeof(Word)};
  }

 private:
  void add_literals() {
    by_name["literal_cons"] = b_.list({b_.atom("a")});
    by_name["literal_string"] = b_.text("hello");
    by_name["literal_tuple"] = b_.tuple({b_.atom("a"), b_.atom("b"), b_.atom("c")});
    by_name["literal_binary"] = b_.binary("8 bytes.");
    by_name["literal_map_0"] = b_.map({});
    by_name["literal_map_1"] = b_.map({b_.atom("a"), b_.integer(1)});
    by_name["literal_external_fun"] = b_.fun("lists", "map", 2);
    by_name["float"] = b_.real(1.5);
    const Word top = Word{1} << 63;
    by_name["big_59"] = b_.big({top >> 4});
    by_name["big_minus_59"] = b_.big({(top >> 4) + 1}, true);
    by_name["big_64_max"] = b_.big({~Word{0}});
    by_name["big_minus_64_max"] = b_.big({~Word{0}}, true);
    by_name["big_64"] = b_.big({0, 1});
    by_name["big_minus_64"] = b_.big({0, 1}, true);
    by_name["big_128"] = b_.big({0, 0, 1});
    literal_ = b_.text("abc");
  }

  void add_immediates_and_numbers() {
    by_name["atom"] = b_.atom("foo");
    by_name["nil"] = beam::kNil;
    by_name["empty_tuple"] = b_.tuple({});
    by_name["small_max"] = b_.integer(beam::kSmallMax);
    by_name["small_min"] = b_.integer(beam::kSmallMin);
    by_name["local_pid"] = beam::make_pid(7);
    by_name["local_port"] = beam::make_port(7);
  }

  Term numbers(int last) {
    return b_.list(TermBuilder::many(last, [this](int i) { return b_.integer(i + 1); }));
  }

  void add_containers() {
    by_name["cons"] = b_.list({b_.atom("a")});
    by_name["list"] = numbers(5);
    by_name["tuple_1"] = b_.tuple({b_.atom("a")});
    by_name["tuple_3"] = b_.tuple({b_.integer(1), b_.integer(2), b_.integer(3)});
  }

  void add_binaries() {
    for (const std::size_t size : {0U, 1U, 8U, 9U, 64U, 65U, 200U}) {
      by_name["binary_" + std::to_string(size)] = b_.binary(Bytes(size, 7));
    }
    const Term on_heap = by_name["binary_64"];
    const Term counted = by_name["binary_200"];
    by_name["part_100_of_200"] = b_.sub_binary(counted, 8, 800);
    by_name["part_20_of_64"] = b_.sub_binary(on_heap, 8, 160);
    by_name["bits_13"] = b_.sub_binary(on_heap, 0, 13);
    by_name["bits_13_from_3"] = b_.sub_binary(on_heap, 3, 13);
    by_name["bits_13_from_7"] = b_.sub_binary(on_heap, 7, 13);
    by_name["bits_800_from_3_of_200"] = b_.sub_binary(counted, 3, 800);
  }

  Term identity(int size) {
    std::vector<Term> pairs;
    for (int i = 1; i <= size; ++i) pairs.insert(pairs.end(), 2, b_.integer(i));
    return b_.map(pairs);
  }

  void add_maps() {
    by_name["map_2"] = b_.map({b_.atom("a"), b_.integer(1), b_.atom("b"), b_.integer(2)});
    by_name["map_2_updated"] = by_name["map_2"];
    by_name["map_32"] = identity(32);
    by_name["map_33"] = identity(33);
    by_name["map_100"] = identity(100);
    const Term map = by_name["map_32"];
    const Term keys{map.pointer()[beam::kFlatMapKeys]};
    by_name["maps_of_the_same_keys"] =
        b_.tuple({map, b_.flat_map(keys, std::vector<Term>(32, b_.integer(0)))});
  }

  void add_funs() {
    by_name["external_fun"] = b_.fun("erlang", "+", 2);
    by_name["fun_0"] = b_.local_fun(0);
    by_name["fun_1"] = b_.local_fun(1, {b_.integer(1)});
    by_name["fun_3"] = b_.local_fun(2, {b_.integer(1), b_.integer(2), b_.integer(3)});
    by_name["fun_of_list"] = b_.local_fun(3, {numbers(3)});
    by_name["fun_of_literal"] = b_.local_fun(4, {literal_});
  }

  void add_identifiers() {
    const Word node = b_.node("a@b");
    by_name["reference"] = b_.reference({1, 2, 3});
    by_name["pid_reference"] = b_.reference({1, 2, 3, 4, 5});
    by_name["magic_reference"] = b_.magic_reference({1, 2, 3});
    by_name["external_pid"] = b_.external_pid(node, 7);
    by_name["external_port"] = b_.external_port(node, 5);
    for (std::size_t count = 0; count <= beam::kMaxRefNumbers; ++count) {
      by_name["external_reference_" + std::to_string(count)] =
          b_.external_reference(node, Numbers(count, 9));
    }
  }

  void add_shared() {
    const Term list = numbers(3);
    const Term part = by_name["part_100_of_200"];
    by_name["shared_list"] = b_.tuple({list, list});
    by_name["shared_literal"] = b_.tuple({literal_, literal_});
    by_name["shared_tail"] = b_.tuple({list, tail_of(list)});
    by_name["shared_part"] = b_.tuple({part, part});
  }

  TermBuilder b_;
  Term literal_;
  std::size_t literal_words_ = 0;
};

// size_shared/1 of OTP 25 counts the nodes of a hash map twice, though nothing takes those words:
// of the 2 + 3K + 2M words of K keys all but the 2K of the leaves.
std::size_t counted_twice(Term term) {
  if (!term.is_boxed() || beam::header_subtag(*term.pointer()) != beam::Subtag::kMap) return 0;
  if (beam::map_kind(*term.pointer()) == beam::MapKind::kFlat) return 0;
  return must(beam::graph_words(term)) - 2 * beam::map_size(term);
}

const nlohmann::json& measured() {
  static const auto kMeasured =
      nlohmann::json::parse(std::ifstream(fixtures_dir() / "otp25_sizes.json"))["sizes"];
  return kMeasured;
}

}  // namespace

TEST_CASE("terms of every kind have the sizes that a real BEAM measures") {
  Terms terms;
  CHECK(terms.by_name.size() == measured().size());
  for (const auto& [name, sizes] : measured().items()) {
    INFO(name);
    REQUIRE(terms.by_name.count(name) == 1);
    const Term term = terms.by_name[name];
    CHECK(must(beam::flat_words(term)) == sizes["flat_size"]);
    CHECK(must(beam::shared_words(term, {})) == sizes["size"]);
    CHECK(must(beam::shared_words(term, terms.literals())) + counted_twice(term) ==
          sizes["size_shared"]);
    CHECK(beam::copied_words(term, {}, nullptr) == sizes["flat_size"]);
    CHECK(must(beam::SharedCopy::prepare(term, {})).words() == sizes["size"]);
  }
}
