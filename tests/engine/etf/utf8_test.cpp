// UTF-8, one character at a time.
#include "engine/etf/utf8.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

namespace {

using namespace beam;

bool is_refused(std::string_view text) {
  const std::string_view before = text;
  return !take_utf8(text) && text == before;
}

}  // namespace

TEST_CASE("a character comes back as it was appended") {
  check_property([] {
    const auto range = *rc::gen::element(0x80, 0x800, 0x10000, 0x110000);
    const auto character = static_cast<char32_t>(*rc::gen::inRange(0, range));
    RC_PRE(character < 0xD800 || character > 0xDFFF);
    std::string text;
    append_utf8(text, character);
    text += "rest";
    std::string_view view = text;
    RC_ASSERT(take_utf8(view) == character);
    RC_ASSERT(view == "rest");
  });
}

TEST_CASE("malformed UTF-8 is refused") {
  CHECK(is_refused("\x80"));
  CHECK(is_refused("\xFF"));
  CHECK(is_refused("\xC3"));
  CHECK(is_refused("\xC3("));
  CHECK(is_refused("\xC0\x80"));
  CHECK(is_refused("\xE0\x80\x80"));
  CHECK(is_refused("\xED\xA0\x80"));
  CHECK(is_refused("\xF4\x90\x80\x80"));
  CHECK(is_refused("\xF0\x80\x80\x80"));
}
