#include <set>
#include <string>

#include "allocators/registry.hpp"
#include "tests/support/catch.hpp"

namespace {

using allocators::parse_choice;
using allocators::registry;

TEST_CASE("every allocator is found by its name and by its alias") {
  for (const auto* const each : registry()) {
    for (const auto name : {each->name, each->alias}) {
      if (name.empty()) continue;
      const auto choice = parse_choice(name);
      REQUIRE(choice.ok());
      CHECK(choice.value().allocator == each);
      CHECK(choice.value().text() == each->name);
    }
  }
}

TEST_CASE("no two allocators share a name or an alias") {
  std::set<std::string_view> names;
  for (const auto* const each : registry()) {
    CHECK(names.insert(each->name).second);
    if (!each->alias.empty()) CHECK(names.insert(each->alias).second);
  }
}

TEST_CASE("every preset is found behind its allocator's name and reads back as itself") {
  for (const auto* const each : registry()) {
    for (const auto& preset : each->presets) {
      const std::string text = std::string(each->name) + ":" + std::string(preset.name);
      const auto choice = parse_choice(text);
      REQUIRE(choice.ok());
      CHECK(choice.value().preset == &preset);
      CHECK(choice.value().text() == text);
      CHECK_FALSE(preset.knobs.empty());
    }
  }
}

TEST_CASE("a preset sets only variables that its allocator would otherwise be cleared of") {
  for (const auto* const each : registry()) {
    for (const auto& preset : each->presets) {
      for (const auto& knob : preset.knobs) {
        INFO(knob.variable);
        CHECK(std::ranges::any_of(each->knob_prefixes,
                                  [&](auto prefix) { return knob.variable.starts_with(prefix); }));
      }
    }
  }
}

TEST_CASE("an unknown allocator is refused with the names that there are") {
  const auto choice = parse_choice("dlmalloc");
  REQUIRE_FALSE(choice.ok());
  CHECK(choice.reason().find("'dlmalloc'") != std::string::npos);
  CHECK(choice.reason().find(registry().front()->name) != std::string::npos);
}

TEST_CASE("an empty name, an empty preset and an unknown preset are refused") {
  const std::string name(registry().front()->name);
  for (const std::string& text :
       {std::string(), std::string(":"), name + ":", name + ":nonsense"}) {
    INFO(text);
    CHECK_FALSE(parse_choice(text).ok());
  }
}

#ifdef PURGEBENCH_SANITIZED

TEST_CASE("a sanitizer build has the allocator none and takes no library by path") {
  REQUIRE(registry().size() == 1);
  CHECK(registry().front() == &allocators::kNone);
  CHECK_FALSE(parse_choice("/usr/lib/libx.so").ok());
}

#else

TEST_CASE("text with a slash is a path, whatever it names") {
  const auto choice = parse_choice("./glibc:trim");
  REQUIRE(choice.ok());
  CHECK(choice.value().allocator == nullptr);
  CHECK(choice.value().path == "./glibc:trim");
  CHECK(choice.value().text() == "./glibc:trim");
  CHECK(choice.value().label() == "glibc:trim");
}

TEST_CASE("the first of slash, colon and equals sign says what a text is") {
  CHECK(parse_choice("./a=b:c/libx.so").value().path == "./a=b:c/libx.so");
  CHECK(parse_choice("my=a=b:c/libx.so").value().path == "a=b:c/libx.so");
  CHECK(parse_choice("jemalloc:dirty_decay_ms=0").value().allocator == &allocators::kJemalloc);
  CHECK(parse_choice("jemalloc:narenas=/x").reason() ==
        "the value of 'narenas' has a character that is not printable, or one of ,;/ (in "
        "jemalloc:narenas=/x)");
}

TEST_CASE("a library that is given a name is called by it, and reads back") {
  const auto choice = parse_choice("my-1.0+x=./a/libx.so");
  REQUIRE(choice.ok());
  CHECK(choice.value().allocator == nullptr);
  CHECK(choice.value().path == "./a/libx.so");
  CHECK(choice.value().name() == "my-1.0+x");
  CHECK(choice.value().label() == "my-1.0+x");
  CHECK(choice.value().text() == "my-1.0+x=./a/libx.so");
  CHECK(parse_choice("./a/libx.so").value().name() == "./a/libx.so");
}

TEST_CASE("a name that is an allocator's, has other characters or no path is not given") {
  CHECK(parse_choice("je=./libx.so").reason() ==
        "'je' is an allocator's own name, so no library can be given it");
  for (const char* const text : {"=./libx.so", "-a=./libx.so", "a@b=./libx.so", "a b=./libx.so"}) {
    INFO(text);
    CHECK(parse_choice(text).reason().find("is no name for a library") != std::string::npos);
  }
  CHECK(parse_choice("my=libx.so").reason() == "the path in 'my=libx.so' has no '/'");
  CHECK_FALSE(parse_choice("my=").ok());
  CHECK_FALSE(parse_choice("my=./lib/").ok());
}

TEST_CASE("settings behind a name are sorted in it, and read back") {
  const auto choice = parse_choice("je:narenas=1;dirty_decay_ms=0");
  REQUIRE(choice.ok());
  CHECK(choice.value().name() == "jemalloc:dirty_decay_ms=0;narenas=1");
  CHECK(parse_choice(choice.value().text()).value().settings == choice.value().settings);
}

TEST_CASE("a path that ends in a slash names no library") {
  CHECK_FALSE(parse_choice("/usr/lib/").ok());
}

TEST_CASE("none is no choice where libraries can be preloaded") {
  CHECK_FALSE(parse_choice("none").ok());
}

#endif

}  // namespace
