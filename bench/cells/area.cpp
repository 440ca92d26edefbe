#include "bench/cells/area.hpp"

#include <cstdint>
#include <fcntl.h>
#include <span>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "allocators/sha256.hpp"
#include "bench/cells/synthetic_area.hpp"
#include "engine/beam_file/beam_module.hpp"
#include "engine/term/term_words.hpp"

namespace bench::cells {

using beam::Error;
using beam::Result;
using beam::Unit;

namespace {

// Lists the literals that have words in the area: no immediates and no `{}`.
Result<Unit> list_usable(Area& area) {
  beam::ObjectWalk walk;
  for (std::size_t i = 0; i < area.image.literals.size(); ++i) {
    const auto words = beam::graph_words(area.image.literals[i], walk);
    if (!words) return words.error();
    if (words.value() == 0) continue;
    if (!area.usable.push_back(static_cast<std::uint32_t>(i)) ||
        !area.words.push_back(words.value())) {
      return Error{"no memory for the list of literals"};
    }
    area.total_words += words.value();
  }
  return Unit{};
}

Result<Unit> make_synthetic(const CellSpec& spec, Area& area) {
  const auto name = area.atoms.intern("synthetic");
  if (!name) return name.error();
  area.module = name.value();
  auto image = make_synthetic_area({.shape = spec.shape,
                                    .area_words = spec.area_words,
                                    .term_words = spec.term_words,
                                    .seed = spec.seed},
                                   area.atoms);
  if (!image) return image.error();
  area.image = std::move(image).value();
  return Unit{};
}

// A file mapped into memory; empty if it cannot be read or is empty.
class MappedFile {
 public:
  explicit MappedFile(const char* path) noexcept {
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    struct stat status {};
    if (fstat(fd, &status) == 0 && status.st_size > 0) {
      const auto size = static_cast<std::size_t>(status.st_size);
      void* at = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
      if (at != MAP_FAILED) bytes_ = {static_cast<const std::uint8_t*>(at), size};
    }
    close(fd);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile() {
    if (!bytes_.empty()) munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
  }

  [[nodiscard]] std::span<const std::uint8_t> bytes() const noexcept { return bytes_; }

 private:
  std::span<const std::uint8_t> bytes_;
};

Result<Unit> decode_module(std::span<const std::uint8_t> bytes, Area& area) {
  auto module = beam::read_beam(bytes, area.atoms);
  if (!module) return module.error();
  const auto name = area.atoms.intern(module.value().name);
  if (!name) return name.error();
  area.module = name.value();
  area.module_name = module.value().name;
  area.module_hash = ::allocators::sha256(bytes);
  area.image = std::move(module.value().image);
  area.bounds = module.value().bounds;
  return Unit{};
}

Result<Unit> read_module_area(const CellSpec& spec, Area& area) {
  const MappedFile file(spec.module.c_str());
  if (file.bytes().empty()) return Error{"the module's file cannot be read"};
  return decode_module(file.bytes(), area);
}

}  // namespace

Result<std::unique_ptr<Area>> build_module_area(std::span<const std::uint8_t> bytes) {
  auto area = std::make_unique<Area>();
  const auto made = decode_module(bytes, *area);
  if (!made) return made.error();
  const auto listed = list_usable(*area);
  if (!listed) return listed.error();
  return area;
}

Result<std::unique_ptr<Area>> build_area(const CellSpec& spec) {
  auto area = std::make_unique<Area>();
  const auto made =
      spec.module.empty() ? make_synthetic(spec, *area) : read_module_area(spec, *area);
  if (!made) return made.error();
  const auto listed = list_usable(*area);
  if (!listed) return listed.error();
  return area;
}

}  // namespace bench::cells
