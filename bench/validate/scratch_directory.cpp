#include "bench/validate/scratch_directory.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include "bench/report/files.hpp"

namespace bench::validate {

Outcome<ScratchDirectory> ScratchDirectory::make() {
  const char* const chosen = std::getenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe)
  const std::filesystem::path parent =
      chosen == nullptr || *chosen == '\0' ? "/tmp" : std::filesystem::absolute(chosen);
  std::string name = (parent / "purgebench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    const int error = errno;
    return report::system_failure("make a directory in", parent, error);
  }
  return ScratchDirectory(name);
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace bench::validate
