#include "allocators/package.hpp"

#include <dirent.h>
#include <fstream>
#include <map>
#include <vector>

namespace allocators {
namespace {

constexpr std::string_view kPackageField = "Package: ";
constexpr std::string_view kStatusField = "Status: ";
constexpr std::string_view kVersionField = "Version: ";

// Versions of the installed packages among `names`. The status file holds paragraphs of fields, in
// which Package comes first and an empty line ends each.
std::map<std::string, std::string> installed_versions(std::span<const std::string_view> names,
                                                      const std::string& database) {
  std::map<std::string, std::string> versions;
  std::ifstream status(database + "/status");
  std::string name;
  bool installed = false;
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(kPackageField)) {
      name = line.substr(kPackageField.size());
      installed = false;
    } else if (line.starts_with(kStatusField)) {
      installed = line.ends_with(" installed");
    } else if (installed && line.starts_with(kVersionField)) {
      for (const std::string_view wanted : names) {
        if (name == wanted) versions[name] = line.substr(kVersionField.size());
      }
    }
  }
  return versions;
}

bool lists_file(const std::string& list, const std::string& path) {
  std::ifstream input(list);
  for (std::string line; std::getline(input, line);) {
    if (line == path) return true;
  }
  return false;
}

// Packages list files by the directory they were built for: /lib/x/y may be /usr/lib/x/y today.
std::string unmerged(const std::string& path) {
  constexpr std::string_view kUsr = "/usr";
  return path.starts_with("/usr/lib") ? path.substr(kUsr.size()) : path;
}

std::vector<std::string> file_lists(const std::string& database) {
  std::vector<std::string> names;
  DIR* const directory = ::opendir((database + "/info").c_str());
  if (directory == nullptr) return names;
  while (const dirent* const entry = ::readdir(directory)) {
    const std::string_view name = entry->d_name;
    if (name.ends_with(".list")) names.emplace_back(name);
  }
  ::closedir(directory);
  return names;
}

}  // namespace

Package installed_package(std::span<const std::string_view> names, const std::string& database) {
  const auto versions = installed_versions(names, database);
  for (const std::string_view name : names) {
    const auto found = versions.find(std::string(name));
    if (found != versions.end()) return {found->first, found->second};
  }
  return {};
}

Package package_of_file(const std::string& path, const std::string& database) {
  const std::string other = unmerged(path);
  for (const std::string& list : file_lists(database)) {
    const std::string file = database + "/info/" + list;
    if (!lists_file(file, path) && (other == path || !lists_file(file, other))) continue;
    // "libx1:amd64.list", or "libx1.list" of a package without an architecture.
    const std::string name = list.substr(0, list.find_first_of(':') == std::string::npos
                                                ? list.size() - std::string_view(".list").size()
                                                : list.find_first_of(':'));
    const std::string_view wanted = name;
    return installed_package({&wanted, 1}, database);
  }
  return {};
}

}  // namespace allocators
