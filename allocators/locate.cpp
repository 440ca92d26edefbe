#include "allocators/locate.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <dlfcn.h>
#include <fstream>
#include <glob.h>
#include <gnu/libc-version.h>
#include <set>

#include "allocators/elf_file.hpp"

namespace allocators {
namespace {

std::string real_path(const std::string& path) {
  char* const resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return path;
  std::string text(resolved);
  std::free(resolved);
  return text;
}

// The C library that this process runs on, and so its children.
std::string c_library() {
  Dl_info info{};
  const auto address = reinterpret_cast<const void*>(&::gnu_get_libc_version);
  if (::dladdr(address, &info) == 0 || info.dli_fname == nullptr) return {};
  return real_path(info.dli_fname);
}

std::vector<std::string> expand(const std::string& pattern) {
  std::vector<std::string> files;
  glob_t matches{};
  if (::glob(pattern.c_str(), 0, nullptr, &matches) == 0) {
    files.assign(matches.gl_pathv, matches.gl_pathv + matches.gl_pathc);
  }
  ::globfree(&matches);
  return files;
}

constexpr std::string_view kInclude = "include ";

std::deque<std::string> lines_of(const std::string& file) {
  std::deque<std::string> lines;
  std::ifstream input(file);
  for (std::string line; std::getline(input, line);) lines.push_back(line);
  return lines;
}

std::string trimmed(const std::string& line) {
  const std::string text = line.substr(0, line.find('#'));
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

void append_split(std::vector<std::string>& directories, std::string_view list) {
  while (!list.empty()) {
    const std::size_t end = list.find_first_of(":;");
    if (end != 0) directories.emplace_back(list.substr(0, end));
    list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  }
}

Checked<std::string> locate_path(const std::string& path) {
  const std::string why = why_not_loadable(path);
  if (!why.empty()) return Reason{path + " cannot be preloaded: " + why};
  const std::string real = real_path(path);
  // LD_PRELOAD is a list that either of them separates, and nothing escapes them.
  if (real.find_first_of(": ") != std::string::npos) {
    return Reason{path + " cannot be preloaded: the loader takes no path with a space or a colon"};
  }
  return real;
}

std::string joined(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += " or ";
    text += name;
  }
  return text;
}

std::string where_looked(const Allocator& allocator) {
  std::string text = " in the loader's directories";
  for (const std::string_view pattern : allocator.files) text.append(", no ").append(pattern);
  return text;
}

}  // namespace

std::vector<std::string> read_loader_configuration(const std::string& file) {
  std::vector<std::string> directories;
  std::set<std::string> seen = {file};
  // Lines still to be read; what an include line names takes its place.
  std::deque<std::string> pending = lines_of(file);
  while (!pending.empty()) {
    const std::string line = trimmed(pending.front());
    pending.pop_front();
    if (line.starts_with('/')) directories.push_back(line);
    if (!line.starts_with(kInclude)) continue;
    std::deque<std::string> included;
    for (const std::string& each : expand(trimmed(line.substr(kInclude.size())))) {
      if (!seen.insert(each).second) continue;
      const auto lines = lines_of(each);
      included.insert(included.end(), lines.begin(), lines.end());
    }
    pending.insert(pending.begin(), included.begin(), included.end());
  }
  return directories;
}

std::vector<std::string> library_directories() {
  std::vector<std::string> directories;
  if (const char* const path = std::getenv("LD_LIBRARY_PATH")) append_split(directories, path);
  for (auto& each : read_loader_configuration("/etc/ld.so.conf"))
    directories.push_back(std::move(each));
  const std::string libc = c_library();
  if (!libc.empty()) directories.push_back(libc.substr(0, libc.find_last_of('/')));
  for (const char* const each : {"/lib64", "/usr/lib64", "/lib", "/usr/lib"})
    directories.emplace_back(each);
  return directories;
}

std::string find_library(std::span<const std::string_view> sonames,
                         const std::vector<std::string>& directories) {
  for (const std::string_view soname : sonames) {
    for (const std::string& directory : directories) {
      const std::string path = directory + "/" + std::string(soname);
      if (why_not_loadable(path).empty()) return real_path(path);
    }
  }
  return {};
}

std::string find_newest(std::span<const std::string_view> patterns) {
  std::string newest;
  for (const std::string_view pattern : patterns) {
    for (const std::string& path : expand(std::string(pattern))) {
      if (::strverscmp(path.c_str(), newest.c_str()) > 0 && why_not_loadable(path).empty())
        newest = path;
    }
  }
  return newest.empty() ? newest : real_path(newest);
}

Checked<std::string> locate(const Choice& choice) {
  if (choice.allocator == nullptr) return locate_path(choice.path);
  const Allocator& allocator = *choice.allocator;
  if (allocator.sonames.empty()) return std::string();
  if (allocator.delivery == Delivery::kBuiltIn) return c_library();
  std::string found = find_library(allocator.sonames, library_directories());
  if (found.empty()) found = find_newest(allocator.files);
  if (!found.empty()) return found;
  return Reason{std::string(allocator.name) + " is not installed: no " + joined(allocator.sonames) +
                where_looked(allocator) + " (Debian: " + joined(allocator.packages) + ")"};
}

}  // namespace allocators
