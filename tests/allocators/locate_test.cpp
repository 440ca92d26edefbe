#include <array>
#include <filesystem>
#include <fstream>

#include "allocators/elf_file.hpp"
#include "allocators/locate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;
using allocators::Choice;
using allocators::find_library;
using allocators::locate;
using allocators::read_loader_configuration;

// The C library, as a shared library that is there for certain.
std::string c_library() { return locate(Choice{&allocators::kGlibc, nullptr, {}}).value(); }

TEST_CASE("glibc's library is the C library that this process runs on") {
  const auto path = locate(Choice{&allocators::kGlibc, nullptr, {}});
  REQUIRE(path.ok());
  CHECK(fs::path(path.value()).is_absolute());
  CHECK(fs::path(path.value()).filename().string().starts_with("libc"));
  CHECK(allocators::why_not_loadable(path.value()).empty());
}

TEST_CASE("a library is found by its soname in the first directory that has it, by its real path") {
  const TemporaryDirectory first;
  const TemporaryDirectory second;
  fs::create_symlink(c_library(), second.path() / "libwanted.so.7");
  const std::array<std::string_view, 2> sonames = {"libother.so.1", "libwanted.so.7"};
  CHECK(find_library(sonames, {first.path().string(), second.path().string()}) == c_library());
}

TEST_CASE("the preferred soname wins, wherever it is") {
  const TemporaryDirectory first;
  const TemporaryDirectory second;
  fs::copy_file(c_library(), first.path() / "liball.so.2");
  fs::copy_file(c_library(), second.path() / "liball.so.3");
  const std::array<std::string_view, 2> sonames = {"liball.so.3", "liball.so.2"};
  const auto found = find_library(sonames, {first.path().string(), second.path().string()});
  CHECK(found == fs::canonical(second.path() / "liball.so.3").string());
}

TEST_CASE("what has the name of a library but is none is passed over") {
  const TemporaryDirectory directory;
  directory.write("libwanted.so.7", "not a library");
  const std::array<std::string_view, 1> sonames = {"libwanted.so.7"};
  CHECK(find_library(sonames, {directory.path().string()}).empty());
}

TEST_CASE("an allocator that is not installed is missed with its sonames and packages") {
  static constexpr std::array<std::string_view, 1> kSonames = {"libnosuchallocator.so.9"};
  static constexpr std::array<std::string_view, 2> kPackages = {"libnosuch9", "libnosuch8"};
  const allocators::Allocator missing = {
      .name = "nosuch", .alias = "", .summary = "", .sonames = kSonames, .packages = kPackages};
  const auto path = locate(Choice{&missing, nullptr, {}});
  REQUIRE_FALSE(path.ok());
  CHECK(path.reason() ==
        "nosuch is not installed: no libnosuchallocator.so.9 in the loader's directories (Debian: "
        "libnosuch9 or libnosuch8)");
}

TEST_CASE("of the files that patterns match the one with the highest version is found") {
  const TemporaryDirectory directory;
  for (const char* const release : {"llvm-9", "llvm-14", "llvm-13"}) {
    fs::create_directory(directory.path() / release);
    fs::copy_file(c_library(), directory.path() / release / "libwanted.so");
  }
  fs::create_directory(directory.path() / "llvm-15");
  directory.write("llvm-15/libwanted.so", "not a library");
  const std::string pattern = (directory.path() / "llvm-*/libwanted.so").string();
  const std::array<std::string_view, 1> patterns = {pattern};
  CHECK(allocators::find_newest(patterns) ==
        fs::canonical(directory.path() / "llvm-14/libwanted.so").string());
}

TEST_CASE("patterns that match no library find nothing and are named") {
  static constexpr std::array<std::string_view, 1> kSonames = {"libnosuchallocator.so.9"};
  static constexpr std::array<std::string_view, 1> kFiles = {"/nonexistent/*/libnosuch.so"};
  static constexpr std::array<std::string_view, 1> kPackages = {"libnosuch9"};
  CHECK(allocators::find_newest(kFiles).empty());
  const allocators::Allocator missing = {.name = "nosuch",
                                         .alias = "",
                                         .summary = "",
                                         .sonames = kSonames,
                                         .files = kFiles,
                                         .packages = kPackages};
  CHECK(locate(Choice{&missing, nullptr, {}}).reason() ==
        "nosuch is not installed: no libnosuchallocator.so.9 in the loader's directories, no "
        "/nonexistent/*/libnosuch.so (Debian: libnosuch9)");
}

TEST_CASE("a loader configuration names directories, with comments and nested includes") {
  const TemporaryDirectory directory;
  fs::create_directory(directory.path() / "conf.d");
  directory.write("conf.d/a.conf", "/opt/a/lib # the first\n\n# nothing\n");
  directory.write("conf.d/b.conf", "  /opt/b/lib\t\n/opt/c/lib");
  const auto main =
      directory.write("main.conf", "include " + (directory.path() / "conf.d/*.conf").string() +
                                       "\nhwcap 0 nosegneg\n/usr/x\n");
  const std::vector<std::string> expected = {"/opt/a/lib", "/opt/b/lib", "/opt/c/lib", "/usr/x"};
  CHECK(read_loader_configuration(main.string()) == expected);
}

TEST_CASE("a loader configuration that includes itself ends") {
  const TemporaryDirectory directory;
  const std::string path = (directory.path() / "loop.conf").string();
  directory.write("loop.conf", "include " + path + "\n/usr/x\n");
  CHECK(read_loader_configuration(path) == std::vector<std::string>{"/usr/x"});
}

TEST_CASE("a missing loader configuration names nothing") {
  CHECK(read_loader_configuration("/nonexistent/ld.so.conf").empty());
}

TEST_CASE("a library given by path is its real path") {
  const TemporaryDirectory directory;
  const fs::path link = directory.path() / "libmine.so";
  fs::create_symlink(c_library(), link);
  const auto path = locate(Choice{nullptr, nullptr, link.string()});
  REQUIRE(path.ok());
  CHECK(path.value() == c_library());
}

TEST_CASE("a path to nothing, to a directory and to a text is missed with the reason") {
  const TemporaryDirectory directory;
  const auto reason_for = [](const fs::path& path) {
    return locate(Choice{nullptr, nullptr, path.string()}).reason();
  };
  const fs::path nothing = directory.path() / "nothing.so";
  CHECK(reason_for(nothing) == nothing.string() + " cannot be preloaded: there is no such file");
  CHECK(reason_for(directory.path()).ends_with("it is not a file"));
  CHECK(reason_for(directory.write("text.so", "text")).ends_with("it is not an ELF file"));
}

TEST_CASE("a path with a space or a colon is refused, since the loader would split it there") {
  const TemporaryDirectory directory;
  for (const char* const name : {"lib x.so", "lib:x.so"}) {
    const fs::path path = directory.path() / name;
    fs::copy_file(c_library(), path);
    CHECK(locate(Choice{nullptr, nullptr, path.string()}).reason().ends_with("a space or a colon"));
  }
}

}  // namespace
