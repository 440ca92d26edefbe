// Which known name was meant by one that is not known.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bench::report {

// The known name nearest to what was typed, by Damerau-Levenshtein distance: characters left out,
// put in, changed, or swapped with their neighbour. One of every three that were typed may be wrong
// (of two, one), and three at most. Where no name is that near, the only one that begins with what
// was typed, if that is three characters or more. Upper case is as lower case, '_' as '-', and
// dashes in front do not count; of equally near names the first.
[[nodiscard]] std::optional<std::string_view> nearest_name(std::string_view typed,
                                                           std::span<const std::string_view> known);

// The end of a sentence that refuses `typed`: ": did you mean 'quick'?", or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view typed,
                                       std::span<const std::string_view> known);

}  // namespace bench::report
