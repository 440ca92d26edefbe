// The modules whose areas are compared: every kind of literal, in the sizes where its
// representation changes.
#include "bench/validate/named_programs.hpp"

namespace bench::validate {

std::vector<ModuleSpec> named_areas() {
  std::vector<ModuleSpec> areas = {{"records", 200, 100}, {"mixed", 10, 5}, {"atom_maps", 1, 32}};
  for (const Number size : {1U, 2U, 3U, 10U, 100U, 1000U}) {
    for (const char* const kind : {"tuples", "lists", "binaries"}) areas.push_back({kind, 3, size});
  }
  for (const Number bytes : {7U, 8U, 9U, 63U, 64U, 65U}) areas.push_back({"binaries", 3, bytes});
  for (const Number keys : {1U, 31U, 32U, 33U, 34U, 64U, 100U, 256U, 1000U, 5000U}) {
    areas.push_back({"maps", 2, keys});
  }
  for (const Number keys : {33U, 64U, 256U, 1000U}) areas.push_back({"atom_maps", 2, keys});
  for (const Number keys : {32U, 33U, 200U, 300U}) areas.push_back({"wide_maps", 2, keys});
  for (const Number bits : {58U, 59U, 63U, 64U, 127U, 128U, 200U}) {
    areas.push_back({"integers", 3, bits});
  }
  for (const Number bits : {1U, 13U, 511U, 513U, 519U, 803U}) areas.push_back({"bits", 3, bits});
  for (const Number numbers : {1U, 2U, 3U, 5U}) areas.push_back({"external", 3, numbers});
  areas.push_back({"floats", 3, 4});
  return areas;
}

}  // namespace bench::validate
