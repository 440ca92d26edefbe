#include "engine/node/code_table.hpp"

#include <algorithm>
#include <utility>

#include "engine/literal/load_image.hpp"

namespace beam {

Module* CodeTable::find(Term name) noexcept {
  Module* found = std::ranges::find(modules_, name, &Module::name);
  return found == modules_.end() ? nullptr : found;
}

Result<Module*> CodeTable::load(Term name, LiteralSpace& space, const AreaImage& image) noexcept {
  Module* module = find(name);
  if (module != nullptr && module->old.loaded) {
    return Error{"the module has old code that is not purged"};
  }
  if (module == nullptr && !modules_.reserve(modules_.size() + 1)) {
    return Error{"no memory for the code table"};
  }
  const auto area = load_image(space, image);
  if (!area) return area.error();
  if (module == nullptr) {
    static_cast<void>(modules_.push_back(Module{name, {}, {}}));  // reserved above
    module = &modules_.back();
  }
  module->old = std::exchange(module->current, ModuleVersion{area.value(), true});
  return module;
}

}  // namespace beam
