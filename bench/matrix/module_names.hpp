// What the modules of a run are called: names that tell them apart, and are the same in another
// run.
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

// By what was typed: FILE, or NAME=FILE where the first of '/' and '=' is a '='. A file that is
// given no name is called by its stem; where files of one run share a stem, each is called
// stem@hash by the first 8 digits of its hash, whatever else is in the run and in whatever order.
// A failure names the flag and the file: it cannot be read or is no module, a name is none
// (allocators::is_given_name), or two are called alike: by one name, or as one file given twice.
[[nodiscard]] Outcome<std::map<std::string, NamedModule>>
name_modules(const std::vector<std::string>& typed);

}  // namespace bench::matrix
