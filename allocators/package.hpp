// What Debian's package database says of a library: the version where the library exports none.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace allocators {

struct Package {
  std::string name;
  std::string version;
};

inline constexpr const char* kPackageDatabase = "/var/lib/dpkg";

// The first of the packages that is installed; empty fields: none is.
[[nodiscard]] Package installed_package(std::span<const std::string_view> names,
                                        const std::string& database = kPackageDatabase);

// The installed package that a file came from; empty fields: none.
[[nodiscard]] Package package_of_file(const std::string& path,
                                      const std::string& database = kPackageDatabase);

}  // namespace allocators
