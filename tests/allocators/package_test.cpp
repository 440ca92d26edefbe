#include <array>
#include <filesystem>

#include "allocators/package.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

using allocators::installed_package;
using allocators::package_of_file;

// A package database with two installed packages and one that was removed.
class Database {
 public:
  Database() {
    std::filesystem::create_directory(directory_.path() / "info");
    directory_.write(
        "status",
        "Package: libnew3\nStatus: deinstall ok config-files\nVersion: 3.0-1\n\n"
        "Package: libold2\nStatus: install ok installed\nVersion: 2.0.9+ds-2\n\n"
        "Package: libother1\nStatus: install ok installed\nPriority: optional\nVersion: 1:1.5\n");
    directory_.write("info/libold2:amd64.list", "/.\n/usr\n/lib/x86_64-linux-gnu/libold.so.2.0\n");
    directory_.write("info/libother1.list", "/.\n/opt/other/libother.so\n");
    directory_.write("info/libother1.md5sums", "/usr/lib/unlisted.so\n");
  }
  [[nodiscard]] std::string path() const { return directory_.path().string(); }

 private:
  TemporaryDirectory directory_;
};

TEST_CASE("the first package that is installed is found, with its version") {
  const Database database;
  const std::array<std::string_view, 2> names = {"libnew3", "libold2"};
  const auto package = installed_package(names, database.path());
  CHECK(package.name == "libold2");
  CHECK(package.version == "2.0.9+ds-2");
}

TEST_CASE("no package is found where none of the names is installed, or there is no database") {
  const Database database;
  const std::array<std::string_view, 1> names = {"libnew3"};
  CHECK(installed_package(names, database.path()).name.empty());
  CHECK(installed_package(names, "/nonexistent").name.empty());
}

TEST_CASE("the package of a file is the one that lists it") {
  const Database database;
  const auto package = package_of_file("/opt/other/libother.so", database.path());
  CHECK(package.name == "libother1");
  CHECK(package.version == "1:1.5");
}

TEST_CASE("a file that its package lists in /lib is found where /lib is /usr/lib today") {
  const Database database;
  const auto package = package_of_file("/usr/lib/x86_64-linux-gnu/libold.so.2.0", database.path());
  CHECK(package.name == "libold2");
}

TEST_CASE("a file that no package lists has no package") {
  const Database database;
  CHECK(package_of_file("/usr/lib/unlisted.so", database.path()).name.empty());
}

}  // namespace
