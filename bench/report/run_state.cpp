#include "bench/report/run_state.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/report/units.hpp"

namespace bench::report {
namespace {

constexpr const char* kInterrupted = "interrupted";
constexpr const char* kDone = "cells_done";
constexpr const char* kPlanned = "cells_planned";

std::size_t count_in(const nlohmann::json& context, const char* key) {
  const auto at = context.find(key);
  return at != context.end() && at->is_number_unsigned() ? at->get<std::size_t>() : 0;
}

}  // namespace

std::string with_state(std::string_view context, RunState state) {
  using Json = nlohmann::ordered_json;
  Json object = Json::parse(context, nullptr, false);
  if (!object.is_object()) object = Json::object();
  object[kInterrupted] = state.interrupted();
  object[kDone] = state.done;
  object[kPlanned] = state.planned;
  return object.dump(2, ' ', false, Json::error_handler_t::replace);
}

RunState state_in(std::string_view context) {
  const auto object = nlohmann::json::parse(context, nullptr, false);
  if (!object.is_object()) return {};
  return {count_in(object, kDone), count_in(object, kPlanned)};
}

std::string how_to_go_on(RunState state, std::string_view folder) {
  if (!state.interrupted()) return {};
  return fmt::format(
      "Interrupted: {} of {} cells are done. The same command with --resume and --out {} "
      "does the rest.\n",
      format_count(state.done), format_count(state.planned), folder);
}

}  // namespace bench::report
