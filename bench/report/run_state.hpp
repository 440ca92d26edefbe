// How far a run came: as recorded in run.json's context, and as a sentence.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bench::report {

// In rows: one per invocation of each cell.
struct RunState {
  std::size_t done = 0;
  std::size_t planned = 0;

  // Stopped by a person, a signal or a crash, or still running.
  [[nodiscard]] bool interrupted() const noexcept { return done < planned; }
  friend bool operator==(const RunState&, const RunState&) = default;
};

// `context` (a JSON object as text) with `interrupted`, `cells_done` and `cells_planned`.
[[nodiscard]] std::string with_state(std::string_view context, RunState state);

// What with_state wrote; a context without it counts as a run that ended, with nothing planned.
[[nodiscard]] RunState state_in(std::string_view context);

// "9 of 36 cells are done; ...", with the flags to continue. Empty: nothing is missing.
[[nodiscard]] std::string how_to_go_on(RunState state, std::string_view folder);

}  // namespace bench::report
