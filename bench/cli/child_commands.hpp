// Hidden commands: what this executable does when the runner starts it as a child.
#pragma once

namespace bench::cli {

[[nodiscard]] bool is_child_command(int argc, char** argv);

// `cell FD SPEC`: verifies the allocator, runs the cell, writes its result; spec and result as
// JSON. `serving FD ALLOCATOR`: verifies the allocator, writes its version.
[[nodiscard]] int run_child_command(int argc, char** argv);

}  // namespace bench::cli
