#include "allocators/tuning.hpp"
#include "tests/support/catch.hpp"

namespace {

using allocators::Allocator;
using allocators::Choice;
using allocators::parse_settings;
using allocators::Variables;
using allocators::variables_of;

Variables set_by(const Allocator& allocator, std::string_view text) {
  auto settings = parse_settings(allocator, text);
  if (!settings) FAIL(settings.reason());
  return variables_of(Choice{&allocator, nullptr, {}, settings.value(), {}});
}

std::string refusal(const Allocator& allocator, std::string_view text) {
  const auto settings = parse_settings(allocator, text);
  return settings ? "" : settings.reason();
}

TEST_CASE("an option goes where its library looks for options") {
  CHECK(set_by(allocators::kJemalloc, "dirty_decay_ms=0;narenas=1") ==
        Variables{{"MALLOC_CONF", "abort_conf:true,dirty_decay_ms:0,narenas:1"}});
  CHECK(set_by(allocators::kGlibc, "hugetlb=1;arena_max=2") ==
        Variables{{"GLIBC_TUNABLES", "glibc.malloc.arena_max=2:glibc.malloc.hugetlb=1"}});
  CHECK(set_by(allocators::kScudo, "release_to_os_interval_ms=-1") ==
        Variables{{"SCUDO_OPTIONS", "release_to_os_interval_ms=-1"}});
  CHECK(set_by(allocators::kMimalloc, "purge_delay=0;arena_eager_commit=1") ==
        Variables{{"MIMALLOC_PURGE_DELAY", "0"}, {"MIMALLOC_ARENA_EAGER_COMMIT", "1"}});
  CHECK(set_by(allocators::kTcmalloc, "release_rate=10") ==
        Variables{{"TCMALLOC_RELEASE_RATE", "10"}});
  CHECK(set_by(allocators::kTbb, "use_huge_pages=1") ==
        Variables{{"TBB_MALLOC_USE_HUGE_PAGES", "1"}});
}

TEST_CASE("a variable in capitals is set as it is, what it holds included") {
  CHECK(set_by(allocators::kGlibc, "MALLOC_ARENA_MAX=1;GLIBC_TUNABLES=a=1:b=2") ==
        Variables{{"MALLOC_ARENA_MAX", "1"}, {"GLIBC_TUNABLES", "a=1:b=2"}});
  CHECK(set_by(allocators::kJemalloc, "MALLOC_CONF=narenas:1") ==
        Variables{{"MALLOC_CONF", "narenas:1"}});
}

TEST_CASE("the same settings in another order are the same") {
  const auto one = parse_settings(allocators::kJemalloc, "narenas=1;dirty_decay_ms=0");
  const auto other = parse_settings(allocators::kJemalloc, "dirty_decay_ms=0;narenas=1");
  REQUIRE((one.ok() && other.ok()));
  CHECK(one.value() == other.value());
  CHECK(allocators::settings_text(one.value()) == "dirty_decay_ms=0;narenas=1");
}

TEST_CASE("a variable that does not tune the allocator is refused with those that do") {
  CHECK(refusal(allocators::kMimalloc, "MALLOC_ARENA_MAX=1") ==
        "'MALLOC_ARENA_MAX' does not tune mimalloc, whose variables begin with MIMALLOC_");
  CHECK_FALSE(refusal(allocators::kGlibc, "PATH=x").empty());
  CHECK_FALSE(refusal(allocators::kGlibc, "LD_PRELOAD=x").empty());
}

TEST_CASE("a name that is neither variable nor option is refused") {
  for (const char* const name :
       {"", "Narenas", "1x", "a-b", "a b", "glibc.malloc.x", "n\xc3\xa4"}) {
    INFO(name);
    CHECK(refusal(allocators::kJemalloc, std::string(name) + "=1")
              .ends_with("is neither a variable in capitals nor an option in small letters"));
  }
}

TEST_CASE("a value that would break a list, a name or a line is refused") {
  CHECK(refusal(allocators::kJemalloc, "narenas") == "'narenas' has no value");
  CHECK(refusal(allocators::kJemalloc, "narenas=") == "'narenas' has no value");
  CHECK_FALSE(refusal(allocators::kJemalloc, "narenas=1;").empty());
  CHECK_FALSE(refusal(allocators::kJemalloc, ";narenas=1").empty());
  for (const char* const value : {"a,b", "a/b", "a b", "a\nb", "\x7f", "\xc3\xa4"}) {
    INFO(value);
    CHECK(refusal(allocators::kJemalloc, std::string("x=") + value) ==
          "the value of 'x' has a character that is not printable, or one of ,;/");
  }
  CHECK(refusal(allocators::kScudo, "x=1:y=2") ==
        "the value of 'x' has a ':', which separates options in SCUDO_OPTIONS");
}

TEST_CASE("what is set twice is refused, in whatever way") {
  CHECK(refusal(allocators::kJemalloc, "narenas=1;narenas=2") == "'MALLOC_CONF' is set twice");
  CHECK(refusal(allocators::kJemalloc, "MALLOC_CONF=x;narenas=2") == "'MALLOC_CONF' is set twice");
  CHECK(refusal(allocators::kMimalloc, "purge_delay=1;MIMALLOC_PURGE_DELAY=2") ==
        "'MIMALLOC_PURGE_DELAY' is set twice");
}

TEST_CASE("variables that tune an allocator are known by their names") {
  for (const char* const name :
       {"MALLOC_ARENA_MAX", "MALLOC_CONF", "JE_MALLOC_CONF", "_RJEM_MALLOC_CONF",
        "MIMALLOC_VERBOSE", "TCMALLOC_RELEASE_RATE", "SNMALLOC_X", "TBB_MALLOC_USE_HUGE_PAGES",
        "TBB_VERSION", "GLIBC_TUNABLES", "SCUDO_OPTIONS", "GWP_ASAN_OPTIONS", "LD_PRELOAD"}) {
    INFO(name);
    CHECK(allocators::tunes_an_allocator(name));
  }
  for (const char* const name : {"PATH", "LANG", "LD_LIBRARY_PATH", "HOME", ""}) {
    CHECK_FALSE(allocators::tunes_an_allocator(name));
  }
}

TEST_CASE("every variable that an allocator names as its own is known to tune one") {
  for (const auto* const each :
       {&allocators::kGlibc, &allocators::kMimalloc, &allocators::kJemalloc, &allocators::kTcmalloc,
        &allocators::kScudo, &allocators::kTbb}) {
    for (const auto prefix : each->knob_prefixes) CHECK(allocators::tunes_an_allocator(prefix));
    CHECK(allocators::tunes_an_allocator(each->options.variable));
  }
}

TEST_CASE("the tuning of an environment is its tuning variables, the first of a name") {
  CHECK(allocators::tuning_in(
            {"PATH=/bin", "MALLOC_CONF=a:1;b=2", "SCUDO_OPTIONS=", "MALLOC_CONF=c", "MALLOC_X"}) ==
        Variables{{"MALLOC_CONF", "a:1;b=2"}, {"SCUDO_OPTIONS", ""}});
}

}  // namespace
