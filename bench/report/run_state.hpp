// How far a run came: what run.json's context says of it, and a sentence for people.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bench::report {

// In rows: a cell counts once for each invocation.
struct RunState {
  std::size_t done = 0;
  std::size_t planned = 0;

  // Cut short by a person, a signal or a crash, or still going on.
  [[nodiscard]] bool interrupted() const noexcept { return done < planned; }
  friend bool operator==(const RunState&, const RunState&) = default;
};

// `context` (a JSON object as text) with `interrupted`, `cells_done` and `cells_planned`.
[[nodiscard]] std::string with_state(std::string_view context, RunState state);

// What with_state wrote; a context without it is of a run that ended, with nothing planned.
[[nodiscard]] RunState state_in(std::string_view context);

// "9 of 36 cells are done; ...", naming the flags that do the rest. Empty: nothing is missing.
[[nodiscard]] std::string how_to_go_on(RunState state, std::string_view folder);

}  // namespace bench::report
