#include "bench/validate/named_programs.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "bench/validate/program_files.hpp"
#include "bench/validate/program_set.hpp"

namespace bench::validate {

std::vector<Program> named_programs() {
  std::vector<Program> all;
  for (const ProgramFile& file : program_files()) {
    // Embedded at build time; a test parses all of them.
    auto programs = parse_programs(file.text, std::string(file.name));
    std::ranges::move(programs.value(), std::back_inserter(all));
  }
  return all;
}

}  // namespace bench::validate
