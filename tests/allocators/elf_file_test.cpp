#include <algorithm>
#include <elf.h>
#include <filesystem>
#include <string>

#include "allocators/elf_file.hpp"
#include "allocators/locate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/property.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

using allocators::build_id;
using allocators::why_not_elf;
using allocators::why_not_loadable;

std::string c_library() { return allocators::locate({&allocators::kGlibc, nullptr, {}}).value(); }

TEST_CASE("a shared library of this machine can be loaded") {
  CHECK(why_not_loadable(c_library()).empty());
}

TEST_CASE("a library for another kind of machine cannot be loaded") {
  const TemporaryDirectory directory;
  std::string bytes = contents_of(c_library());
  // e_machine, the 16-bit field after e_ident and e_type; EM_NONE is nobody's.
  bytes[EI_NIDENT + 2] = EM_NONE;
  bytes[EI_NIDENT + 3] = EM_NONE;
  const auto path = directory.write("libforeign.so", bytes);
  CHECK(why_not_loadable(path.string()) == "it is a shared library for another kind of machine");
}

TEST_CASE("a path is of an ELF file or it is said what is wrong with it") {
  const TemporaryDirectory directory;
  CHECK(why_not_elf(c_library()).empty());
  CHECK(why_not_elf(directory.path() / "nosuch.so") == "there is no such file");
  CHECK(why_not_elf(directory.path()) == "it is not a file");
  CHECK(why_not_elf("/dev/zero") == "it is not a file");
  CHECK(why_not_elf(directory.write("text.so", std::string(1000, 'x'))) == "it is not an ELF file");
}

TEST_CASE("an ELF file that is no shared library cannot be loaded") {
  const TemporaryDirectory directory;
  std::string bytes = contents_of(c_library());
  // e_type, the 16-bit field after e_ident.
  bytes[EI_NIDENT] = ET_CORE;
  const auto path = directory.write("core.so", bytes);
  CHECK(why_not_elf(path).empty());
  CHECK(why_not_loadable(path) == "it is not a shared library");
}

TEST_CASE("the build-id is what the linker wrote, in lower-case hexadecimal") {
  const std::string id = build_id(c_library());
  CHECK(id.size() == 40);
  CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
}

TEST_CASE("what is no library has no build-id") {
  const TemporaryDirectory directory;
  CHECK(build_id(directory.write("empty", "").string()).empty());
  CHECK(build_id(directory.write("text", std::string(1000, 'x')).string()).empty());
  CHECK(build_id("/nonexistent/file").empty());
}

TEST_CASE("a library is identified by its build-id, and without one by its contents") {
  const TemporaryDirectory directory;
  CHECK(allocators::library_identity(c_library()) == build_id(c_library()));
  CHECK(allocators::library_identity(directory.write("abc.so", "abc").string()) ==
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(allocators::library_identity("/nonexistent/file").empty());
}

TEST_CASE("a library that is cut off anywhere is read without harm") {
  const TemporaryDirectory directory;
  const std::string whole = contents_of(c_library()).substr(0, 4096);
  for (std::size_t size = 0; size < whole.size(); size += 61) {
    const auto path = directory.write("cut.so", whole.substr(0, size)).string();
    (void)build_id(path);
    (void)why_not_loadable(path);
  }
  SUCCEED();
}

TEST_CASE("damaged headers are read without harm") {
  const TemporaryDirectory directory;
  const std::string whole = contents_of(c_library()).substr(0, 4096);
  check_property([&](const std::vector<std::pair<std::uint16_t, char>>& damage) {
    std::string bytes = whole;
    for (const auto& [at, byte] : damage) bytes[at % bytes.size()] = byte;
    (void)build_id(directory.write("damaged.so", bytes).string());
  });
}

}  // namespace
