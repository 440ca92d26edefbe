// Where a run's figures come from: the `context` object of Google Benchmark's JSON, with additional
// keys.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "bench/cells/provenance.hpp"

namespace bench::report {

// JSON text: date, host, CPUs, caches, load, kernel, huge pages, memory, compiler, flags, commit,
// library versions and the command line. Reads /proc and /sys; an unavailable value is null, or 0
// where readers of the format expect a number.
[[nodiscard]] std::string context_json(std::span<const std::string> command_line);

// For a row made now by this program. Unavailable values are empty.
[[nodiscard]] cells::Provenance provenance_here();

// The part that Google Benchmark does not record: system, build, and in `allocator_env` what tunes
// this process's allocator. Keys and values; a value that is not a string is JSON.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> provenance();

}  // namespace bench::report
