#include "allocators/serving.hpp"

#include "allocators/elf_file.hpp"
#include "allocators/library.hpp"
#include "allocators/locate.hpp"
#include "allocators/package.hpp"
#include "allocators/proof.hpp"
#include "engine/base/result.hpp"

namespace allocators {
namespace {

std::string exported_version(const Allocator& allocator, const LoadedLibrary& library) {
  return allocator.exported_version == nullptr ? std::string()
                                               : allocator.exported_version(library);
}

// The registered allocator whose functions the library has: the chosen one's, or for a library
// given by path the one that it turns out to be. glibc's functions are in every process and prove
// nothing.
const Allocator* kind_of(const Choice& choice, const LoadedLibrary& library) {
  if (choice.allocator != nullptr) return choice.allocator;
  for (const Allocator* const each : registry()) {
    if (each->delivery == Delivery::kPreloaded && !exported_version(*each, library).empty())
      return each;
  }
  return nullptr;
}

}  // namespace

std::string version_of_library(const Choice& choice, const std::string& path) {
  Package package;
  if (choice.allocator != nullptr) package = installed_package(choice.allocator->packages);
  if (package.version.empty()) package = package_of_file(path);
  const std::string id = build_id(path);
  std::string text = package.version.empty() ? "unknown" : package.version + " (package)";
  if (!id.empty()) text += " build-id " + id;
  return text;
}

Checked<Serving> prove_serving(const Choice& choice) {
  BEAM_TRY(const std::string expected, locate(choice));
  if (expected.empty()) return Serving{serving_library(), "unknown", {}, {}, {}};
  std::string why = why_not_served_by(expected);
  if (!why.empty()) return Reason{std::move(why)};

  const LoadedLibrary library(expected);
  Serving serving{expected, {}, library_identity(expected), {}, {}};
  if (const Allocator* const kind = kind_of(choice, library)) {
    serving.version = exported_version(*kind, library);
    if (kind->give_back != nullptr) serving.give_back = kind->give_back(library);
    if (kind->statistics != nullptr) serving.statistics = kind->statistics(library);
  }
  if (serving.version.empty()) serving.version = version_of_library(choice, serving.path);
  return serving;
}

}  // namespace allocators
