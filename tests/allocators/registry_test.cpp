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

TEST_CASE("a path that ends in a slash names no library") {
  CHECK_FALSE(parse_choice("/usr/lib/").ok());
}

TEST_CASE("none is no choice where libraries can be preloaded") {
  CHECK_FALSE(parse_choice("none").ok());
}

#endif

}  // namespace
