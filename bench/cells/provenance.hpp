// The origin of a row's figures. Rows of one folder agree in everything but the date.
#pragma once

#include <cstdint>
#include <string>

namespace bench::cells {

// The version of a row's keys and their meaning: incremented when a key is added, removed or
// changes its meaning. The oldest rows have none.
inline constexpr std::uint64_t kRowSchema = 3;

struct Provenance {
  std::uint64_t row_schema = kRowSchema;
  std::string commit;
  bool dirty = false;
  std::string
      program_build_id;  // as allocators::library_identity; tells builds of one commit apart
  std::string host_name;
  std::string cpu_model;
  std::string kernel;
  std::string system_thp;  // the machine's mode of transparent huge pages
  std::string date;        // RFC 3339, when the row was made
};

template <class Field, class Origin>
void provenance_fields(Field&& field, Origin& origin) {
  field("row_schema", origin.row_schema);
  field("commit", origin.commit);
  field("dirty", origin.dirty);
  field("program_build_id", origin.program_build_id);
  field("host_name", origin.host_name);
  field("cpu_model", origin.cpu_model);
  field("kernel", origin.kernel);
  field("system_thp", origin.system_thp);
  field("date", origin.date);
}

}  // namespace bench::cells
