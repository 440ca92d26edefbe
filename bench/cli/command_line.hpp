// The command line: from arguments to an exit code.
#pragma once

namespace bench::cli {

[[nodiscard]] int run_command_line(int argc, char** argv);

}  // namespace bench::cli
