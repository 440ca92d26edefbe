#include "engine/node/code_table.hpp"

#include <algorithm>
#include <utility>

#include "engine/literal/load_image.hpp"
#include "engine/term/header.hpp"

namespace beam {

Module* CodeTable::find(Term name) noexcept {
  Module* found = std::ranges::find(modules_, name, &Module::name);
  return found == modules_.end() ? nullptr : found;
}

Result<Module*> CodeTable::load(Term name, LiteralSpace& space, const AreaImage& image) noexcept {
  Module* module = find(name);
  if (module != nullptr && module->current.loaded && module->old.loaded) {
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
  if (module->current.loaded) module->old = module->current;
  module->current = {area.value(), {next_code_, kCodeBytes}, true, false};
  next_code_ += kCodeBytes;
  return module;
}

bool CodeTable::remove(Term name) noexcept {
  Module* module = find(name);
  if (module == nullptr || !module->current.loaded || module->old.loaded) return false;
  module->old = std::exchange(module->current, ModuleVersion{});
  return true;
}

FunCall CodeTable::call_fun(Word entry) const noexcept {
  for (const Module& module : modules_) {
    for (const ModuleVersion* version : {&module.current, &module.old}) {
      if (!version->loaded || !version->code.contains(entry)) continue;
      return version->purge_pending ? FunCall::kSuspends : FunCall::kRuns;
    }
  }
  return FunCall::kBadFun;
}

bool runs_code(const Process& process, AddressRange code) noexcept {
  return std::any_of(process.stop, process.young.end(),
                     [code](Word word) { return is_header(word) && code.contains(word); });
}

void CodePurge::give_up() noexcept {
  if (module_ != nullptr) module_->old.purge_pending = false;
  module_ = nullptr;
}

LiteralArea CodePurge::complete() noexcept {
  return std::exchange(std::exchange(module_, nullptr)->old, ModuleVersion{}).literals;
}

}  // namespace beam
