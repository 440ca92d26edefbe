// The names of a run's modules: distinct, and the same in every run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/matrix/cell_check.hpp"

namespace bench::matrix {

struct NamedModule {
  std::string path;
  std::string label;  // empty: the file's stem is its name
  std::string hash;   // SHA-256 of the file
  AreaFacts area;
};

// Keyed by the typed text: FILE, or NAME=FILE if '=' comes before the first '/'. A file without a
// given name is named by its stem; files of one run with the same stem are named stem@hash, with
// the first 8 digits of the hash, independent of the rest of the run and of the order. A failure
// names the flag and the file: it cannot be read or is not a module, a name is invalid
// (allocators::is_given_name), or a name or a file is given twice.
[[nodiscard]] Outcome<std::map<std::string, NamedModule>>
name_modules(const std::vector<std::string>& typed);

}  // namespace bench::matrix
