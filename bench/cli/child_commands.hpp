// The commands that no person types: what this executable does when the runner starts it as a
// child.
#pragma once

namespace bench::cli {

[[nodiscard]] bool is_child_command(int argc, char** argv);

// `cell FD SPEC`: proves the allocator, runs the cell of that JSON spec, writes its result as JSON.
// `serving FD ALLOCATOR`: proves the allocator, writes its version.
[[nodiscard]] int run_child_command(int argc, char** argv);

}  // namespace bench::cli
