// Printing. Expectations are what io_lib:format("~tw") of OTP 25 writes.
#include <limits>
#include <string>
#include <vector>

#include "engine/term/print.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"

namespace {

using beam::Term;

std::string print(Term term, std::size_t max_bytes = 10000) {
  return beam::print_term(term, TermBuilder::atoms(), max_bytes);
}

std::string print_atom(std::string_view name, std::size_t max_bytes = 10000) {
  return print(TermBuilder::atoms().intern(name).value(), max_bytes);
}

std::string print_float(double value) {
  TermBuilder b;
  return print(b.real(value));
}

}  // namespace

TEST_CASE("atoms are quoted where they need it") {
  CHECK(print_atom("abc") == "abc");
  CHECK(print_atom("a_b@C9") == "a_b@C9");
  CHECK(print_atom("\xC3\xA9t\xC3\xA9") == "\xC3\xA9t\xC3\xA9");
  CHECK(print_atom("") == "''");
  CHECK(print_atom("Abc") == "'Abc'");
  CHECK(print_atom("1a") == "'1a'");
  CHECK(print_atom("_x") == "'_x'");
  CHECK(print_atom("a b") == "'a b'");
  CHECK(print_atom("if") == "'if'");
  CHECK(print_atom("maybe") == "maybe");
  CHECK(print_atom("\xD0\x80x") == "'\xD0\x80x'");
  CHECK(print_atom("\xF0\x9F\x98\x80") == "'\xF0\x9F\x98\x80'");
}

TEST_CASE("what does not print in an atom is escaped") {
  CHECK(print_atom("a\nb") == "'a\\nb'");
  CHECK(print_atom("it's") == "'it\\'s'");
  CHECK(print_atom("a\\b") == "'a\\\\b'");
  CHECK(print_atom("\x7F") == "'\\d'");
  CHECK(print_atom("\x01") == "'\\001'");
  CHECK(print_atom(std::string_view("\0", 1)) == "'\\000'");
  CHECK(print_atom("\xC2\x9F") == "'\\237'");
  CHECK(print_atom("\xC2\xA0") == "'\xC2\xA0'");
}

TEST_CASE("floats are as short as they can be") {
  CHECK(print_float(1.0) == "1.0");
  CHECK(print_float(100.0) == "100.0");
  CHECK(print_float(1000.0) == "1.0e3");
  CHECK(print_float(1.2e6) == "1.2e6");
  CHECK(print_float(123456.789) == "123456.789");
  CHECK(print_float(0.0001) == "0.0001");
  CHECK(print_float(0.00012) == "1.2e-4");
  CHECK(print_float(-2.5e-10) == "-2.5e-10");
  CHECK(print_float(1e22) == "1.0e22");
  CHECK(print_float(1234567890123456.0) == "1234567890123456.0");
  CHECK(print_float(9007199254740992.0) == "9.007199254740992e15");
  CHECK(print_float(5e-324) == "5.0e-324");
  CHECK(print_float(1.7976931348623157e308) == "1.7976931348623157e308");
  CHECK(print_float(-0.0) == "-0.0");
}

TEST_CASE("integers are decimal, however large") {
  TermBuilder b;
  CHECK(print(b.integer(beam::kSmallMin)) == "-576460752303423488");
  CHECK(print(b.big({beam::Word{1} << 63})) == "9223372036854775808");
  CHECK(print(b.big({0, 0x1000000000}, true)) == "-1267650600228229401496703205376");
  CHECK(print(b.big({0, 1})) == "18446744073709551616");
  CHECK(print(b.big({10'000'000'000'000'000'000U})) == "10000000000000000000");
}

TEST_CASE("integers too large to be made decimal have the base 16") {
  TermBuilder b;
  std::vector<beam::Word> digits(beam::Word{513});
  digits.back() = 0xAB;
  digits.front() = 0x1;
  const std::string text = print(b.big(digits, true));
  CHECK(text.substr(0, 8) == "-16#AB00");
  CHECK(text.size() == 4 + 2 + 512 * 16);
  CHECK(text.substr(text.size() - 3) == "001");
}

TEST_CASE("binaries are printed as bytes") {
  TermBuilder b;
  CHECK(print(b.binary("")) == "<<>>");
  CHECK(print(b.binary("\x01\xFF")) == "<<1,255>>");
  CHECK(print(b.bits({0x20}, 3)) == "<<1:3>>");
  CHECK(print(b.bits({1, 2, 0x18}, 21, 5)) == "<<1,2,3:5>>");
}

TEST_CASE("lists, tuples, maps and funs have their brackets") {
  TermBuilder b;
  const Term one = b.integer(1);
  CHECK(print(b.list({one, b.integer(2)}, b.integer(3))) == "[1,2|3]");
  CHECK(print(b.list({beam::kNil, b.tuple({}), b.map({})})) == "[[],{},#{}]");
  CHECK(print(b.tuple({b.list({one}), b.tuple({one, one}), one})) == "{[1],{1,1},1}");
  CHECK(print(b.map({b.atom("b"), b.list({one}), b.atom("a"), b.map({one, one})})) ==
        "#{a => #{1 => 1},b => [1]}");
  CHECK(print(b.fun("m", "F", 2)) == "fun m:'F'/2");
  CHECK(print(b.list({}, one)) == "1");
}

TEST_CASE("hash maps are printed pair by pair") {
  TermBuilder b;
  std::vector<Term> keys;
  for (int i = 100; i < 140; ++i) keys.push_back(b.integer(i));
  const std::string text = print(b.tuple({b.map_of_keys(keys), b.atom("last")}));
  CHECK(text.substr(0, 3) == "{#{");
  CHECK(text.substr(text.size() - 7) == "},last}");
  for (int i = 100; i < 140; ++i) {
    const std::string pair = std::to_string(i) + " => " + std::to_string(i - 100);
    CHECK(
        (text.find('{' + pair) != std::string::npos || text.find(',' + pair) != std::string::npos));
  }
}

TEST_CASE("pids and ports are printed with the number of their node") {
  TermBuilder b;
  const std::string node = std::to_string(b.atom("a@b").atom_index());
  CHECK(print(beam::make_pid(7)) == "<0.7.0>");
  CHECK(print(beam::make_pid((beam::Word{3} << beam::kLocalPidNumberBits) | 32767)) ==
        "<0.32767.3>");
  CHECK(print(b.external_pid(b.node("a@b"), 0xFFFFFFFF, 7)) == "<" + node + ".4294967295.7>");
  CHECK(print(beam::make_port(5)) == "#Port<0.5>");
  CHECK(print(b.external_port(b.node("a@b"), ~std::uint64_t{0})) ==
        "#Port<" + node + ".18446744073709551615>");
}

TEST_CASE("references are printed with their last number first") {
  TermBuilder b;
  const std::string node = std::to_string(b.atom("a@b").atom_index());
  CHECK(print(b.reference({1, 2, 3})) == "#Ref<0.3.2.1>");
  CHECK(print(b.reference({1, 2, 3, 4, 5})) == "#Ref<0.5.4.3.2.1>");
  CHECK(print(b.magic_reference({1, 2, 3})) == "#Ref<0.3.2.1>");
  CHECK(print(b.external_reference(b.node("a@b"), {1, 2})) == "#Ref<" + node + ".2.1>");
  CHECK(print(b.external_reference(b.node("a@b"), {})) == "#Ref<" + node + ">");
}

TEST_CASE("a local fun is printed by module and index and hash") {
  TermBuilder b;
  CHECK(print(b.local_fun(7, {b.integer(1)}, "m")) == "#Fun<m.7.12345>");
}

TEST_CASE("long text is cut at the limit and ends with dots") {
  TermBuilder b;
  const Term term = b.list({b.integer(123), b.integer(456), b.integer(789)});
  CHECK(print(term, 13) == "[123,456,789]");
  CHECK(print(term, 12) == "[123,456,...");
  CHECK(print(term, 4) == "[...");
  CHECK(print(term, 3) == "...");
  CHECK(print(term, 1) == ".");
  CHECK(print(term, 0).empty());
}

TEST_CASE("text is cut between characters") {
  CHECK(print_atom("a\xC3\xA9\xC3\xA9\xC3\xA9", 6) == "a\xC3\xA9...");
  CHECK(print_atom("a\xC3\xA9\xC3\xA9\xC3\xA9", 5) == "a...");
}

TEST_CASE("only as much of a binary is printed as is asked for") {
  TermBuilder b;
  CHECK(print(b.binary(TermBuilder::Bytes(std::size_t{1} << 26, 1)), 10) == "<<1,1,1...");
}
