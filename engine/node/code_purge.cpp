#include "engine/node/code_purge.hpp"

#include <algorithm>
#include <utility>

#include "engine/term/header.hpp"

namespace beam {

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
