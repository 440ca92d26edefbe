// Pids, ports, references and local funs in the external format. What is taken and how many words
// it takes is what OTP 25.2.3 does with such literals of a module.
#include <string>

#include "engine/etf/identifier_leaf.hpp"
#include "engine/term/equality.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/decoding.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr std::uint8_t kLocal = 0;
const std::string kHere = "nonode@nohost";

Bytes node(const std::string& name) {
  return join(
      {Bytes{119, static_cast<std::uint8_t>(name.size())}, Bytes(name.begin(), name.end())});
}
Bytes pid(const std::string& name, std::uint32_t number, std::uint32_t serial,
          std::uint32_t creation) {
  return join({u8(88), node(name), u32(number), u32(serial), u32(creation)});
}
Bytes port(const std::string& name, std::uint32_t high, std::uint32_t low, std::uint32_t creation) {
  return join({u8(120), node(name), u32(high), u32(low), u32(creation)});
}
Bytes reference(const std::string& name, std::uint32_t creation,
                const std::vector<std::uint32_t>& numbers) {
  Bytes bytes =
      join({Bytes{90, 0, static_cast<std::uint8_t>(numbers.size())}, node(name), u32(creation)});
  for (const std::uint32_t number : numbers) bytes = join({bytes, u32(number)});
  return bytes;
}
struct Fun {
  std::string module = "q";
  Bytes index = etf::small(3);
  Bytes hash = etf::small(9);
  Bytes creator = pid("a@b", 5, 0, 1);
  std::vector<Bytes> environment = {};
};
Bytes fun(const Fun& f) {
  Bytes bytes = join({u8(112), u32(1), u8(2), zeros(16), u32(3),
                      u32(static_cast<std::uint32_t>(f.environment.size())), node(f.module),
                      f.index, f.hash, f.creator});
  for (const Bytes& term : f.environment) bytes = join({bytes, term});
  return bytes;
}

}  // namespace

TEST_CASE("pids and ports of another node take four words") {
  CHECK(words_of(pid("a@b", 0xFFFFFFFF, 0xFFFFFFFF, 1)) == 4);
  CHECK(words_of(port("a@b", 0xFFFFFFFF, 0xFFFFFFFF, 1)) == 4);
  CHECK(words_of(pid(kHere, 5, 0, 1)) == 4);
  CHECK(words_of(pid("", 1, 0, 1)) == 4);
}

TEST_CASE("pids and ports of the node itself are immediates") {
  Decoding decoding;
  CHECK(decoding.text_of(pid(kHere, 32767, 8191, kLocal)) == "<0.32767.8191>");
  CHECK(decoding.text_of(port(kHere, 0, 0xFFFFFFF, kLocal)) == "#Port<0.268435455>");
  CHECK(decoding.builder.words() == 0);
}

TEST_CASE("pids and ports of the node itself that do not fit are refused") {
  for (const Bytes& term : {pid(kHere, 32768, 0, kLocal), pid(kHere, 1, 8192, kLocal),
                            port(kHere, 0, 0x10000000, kLocal), port(kHere, 1, 0, kLocal)}) {
    CHECK_FALSE(words_of(term).has_value());
  }
}

TEST_CASE("the older forms of pids and ports are decoded") {
  Decoding decoding;
  const auto equal = [&](const Bytes& a, const Bytes& b) {
    return must(equal_terms(must(decoding.decode(a)), must(decoding.decode(b))));
  };
  const Bytes name = node("a@b");
  CHECK(equal(join({u8(103), name, u32(5), u32(6), u8(1)}), pid("a@b", 5, 6, 1)));
  CHECK(equal(join({u8(102), name, u32(0xFFFFFFFF), u8(1)}), port("a@b", 0, 0xFFFFFFFF, 1)));
  CHECK(equal(join({u8(89), name, u32(7), u32(1)}), port("a@b", 0, 7, 1)));
}

TEST_CASE("references of another node take words by their numbers") {
  const std::vector<std::size_t> words{4, 4, 5, 5, 6, 6};
  for (std::size_t count = 0; count < words.size(); ++count) {
    CHECK(words_of(reference("a@b", 1, std::vector<std::uint32_t>(count, 0xFFFFFFFF))) ==
          words[count]);
  }
  CHECK(error_of(reference("a@b", 1, {1, 2, 3, 4, 5, 6})).value == 6);
}

TEST_CASE("references of the node itself are ordinary ones") {
  Decoding decoding;
  CHECK(decoding.text_of(reference(kHere, kLocal, {0x3FFFF, 2, 3})) == "#Ref<0.3.2.262143>");
  CHECK(decoding.builder.words() == 3);
  CHECK(decoding.text_of(reference(kHere, kLocal, {1})) == "#Ref<0.0.0.1>");
  CHECK(decoding.builder.words() == 6);
  CHECK(decoding.builder.image().off_heap == nullptr);
}

TEST_CASE("impossible references of the node itself are refused") {
  for (const std::vector<std::uint32_t>& numbers : std::vector<std::vector<std::uint32_t>>{
           {}, {0x40000, 2, 3}, {1, 2, 3, 4}, {5, 0x10006, 7, 8, 0}}) {
    CHECK_FALSE(words_of(reference(kHere, kLocal, numbers)).has_value());
  }
}

TEST_CASE("the older forms of references are decoded") {
  Decoding decoding;
  const Bytes name = node("a@b");
  const Bytes numbers = join({u32(0x3FFFF), u32(6), u32(7)});
  const Term old = must(decoding.decode(join({u8(101), name, u32(5), u8(1)})));
  CHECK(must(equal_terms(old, must(decoding.decode(reference("a@b", 1, {5}))))));
  const Term newer = must(decoding.decode(join({u8(114), Bytes{0, 3}, name, u8(1), numbers})));
  CHECK(must(equal_terms(newer, must(decoding.decode(reference("a@b", 1, {0x3FFFF, 6, 7}))))));
  CHECK(error_of(join({u8(101), name, u32(0x40000), u8(1)})).value == 0x40000);
  CHECK(error_of(join({u8(114), Bytes{0, 1}, name, u8(1), u32(0x40000)})).value == 0x40000);
}

TEST_CASE("a creation of one byte over three is refused") {
  CHECK(error_of(join({u8(103), node("a@b"), u32(5), u32(0), u8(4)})).value == 4);
  CHECK(error_of(join({u8(114), Bytes{0, 1}, node("a@b"), u8(4), u32(1)})).value == 4);
}

TEST_CASE("a node whose name is not an atom is refused") {
  const Error error = error_of(join({u8(88), etf::small(3), u32(5), u32(0), u32(1)}));
  CHECK(error.what == std::string("the name of a node is not an atom"));
  CHECK(error.offset == 2);
}

TEST_CASE("a local fun takes its words and its creator and its environment") {
  Decoding decoding;
  CHECK(decoding.text_of(fun({.environment = {etf::list({etf::small(1)}, etf::nil())}})) ==
        "#Fun<q.3.9>");
  CHECK(decoding.builder.words() == 6 + 4 + 2);
  CHECK(words_of(fun({.creator = pid(kHere, 9, 0, kLocal)})) == 5);
  CHECK(words_of(fun({.environment = std::vector<Bytes>(255, etf::nil())})) == 264);
}

TEST_CASE("a local fun and its creator are on the list of the image") {
  Decoding decoding;
  const Term term = must(decoding.decode(etf::tuple({fun({})})));
  const Word* made = Term{term.pointer()[1]}.pointer();
  const Word* creator = Term{made[kFunCreator]}.pointer();
  CHECK(decoding.builder.image().off_heap == creator);
  CHECK(next_off_heap(creator) == made);
  CHECK(next_off_heap(made) == nullptr);
}

TEST_CASE("funs in funs are decoded") {
  Bytes inner = fun({});
  for (int i = 0; i < 1000; ++i) inner = fun({.environment = {inner}});
  CHECK(words_of(inner) == 1001 * (5 + 4) + 1000);
}

TEST_CASE("a local fun that is damaged is refused") {
  CHECK(error_of(fun({.environment = std::vector<Bytes>(256, etf::nil())})).value == 256);
  CHECK(error_of(fun({.index = etf::integer(-3)})).offset == 1);
  CHECK(error_of(fun({.hash = etf::integer(0x7FFFFFFF)})).offset == 1);
  CHECK(error_of(fun({.hash = etf::atom("a")})).value == 119);
  CHECK(error_of(fun({.creator = etf::nil()})).what == std::string("a fun's creator is not a pid"));
}

TEST_CASE("every truncation of an identifier or a local fun is refused") {
  for (const Bytes& whole :
       {pid("a@b", 1, 2, 3), port("a@b", 1, 2, 3), reference("a@b", 1, {1, 2, 3}),
        reference(kHere, kLocal, {1, 2, 3}), fun({.environment = {pid("a@b", 1, 2, 3)}})}) {
    for (std::size_t size = 1; size < whole.size(); ++size) {
      CHECK_FALSE(words_of(Bytes(whole.begin(), whole.begin() + static_cast<long>(size))));
    }
  }
}
