#include "bench/validate/scratch_directory.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include "bench/report/files.hpp"

namespace bench::validate {

Outcome<ScratchDirectory> ScratchDirectory::make() {
  std::error_code error;
  const auto parent = std::filesystem::temp_directory_path(error);
  if (error) return Failure{"the directory for temporary files is unusable: " + error.message()};
  std::string name = (parent / "purgebench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return system_failure("make", name, errno);
  return ScratchDirectory(name);
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace bench::validate
