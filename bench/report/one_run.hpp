// Whether existing rows and new ones can belong to one run.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "bench/cells/provenance.hpp"
#include "bench/report/row.hpp"

namespace bench::report {

struct AllocatorIdentity {
  std::string build_id;                    // as in a row; empty: no such library
  std::map<std::string, std::string> env;  // what tunes it
};

// What all rows of a run have in common.
struct RunIdentity {
  cells::Provenance provenance = {};
  std::uint64_t seed = 1;
  // By the name in rows. Rows of other allocators are not checked.
  std::map<std::string, AllocatorIdentity> allocators = {};
  std::map<std::string, std::string> module_hashes = {};
};

// A clause that says how the first row that does not fit differs ("its rows are of commit a, and
// this is commit b"); empty: all fit.
[[nodiscard]] std::string why_not_one_run(std::span<const Row> rows, const RunIdentity& identity);

}  // namespace bench::report
