// Loaded code, as far as its literals go: every module has a current version and at most one old
// one.
#pragma once

#include <cstddef>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/literal/literal_space.hpp"
#include "engine/term/area_image.hpp"

namespace beam {

// A version of a module: its literal area, if it is loaded.
struct ModuleVersion {
  LiteralArea literals;
  bool loaded = false;
};

struct Module {
  Term name;  // an atom
  ModuleVersion current;
  ModuleVersion old;
};

class CodeTable {
 public:
  // The module of this name; null if it was never loaded. Good until the next load().
  [[nodiscard]] Module* find(Term name) noexcept;

  // Loads a version: what was current becomes old. Error: there is old code already (not_purged),
  // or no room for the area; nothing changed.
  [[nodiscard]] Result<Module*> load(Term name, LiteralSpace& space,
                                     const AreaImage& image) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return modules_.size(); }

 private:
  MappedArray<Module> modules_;
};

}  // namespace beam
