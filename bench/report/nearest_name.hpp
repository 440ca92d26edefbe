// The known name that an unknown one probably meant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bench::report {

// The known name nearest to what was typed, by Damerau-Levenshtein distance: characters left out,
// put in, changed, or swapped with their neighbour. At most one in three typed characters may be
// wrong (one of two), and three in total. If no name is that near: the only name that begins with
// the typed text, if that has three characters or more. Case, '_' for '-' and leading dashes are
// ignored; of equally near names the first.
[[nodiscard]] std::optional<std::string_view> nearest_name(std::string_view typed,
                                                           std::span<const std::string_view> known);

// The end of a message that rejects `typed`: ": did you mean 'quick'?", or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view typed,
                                       std::span<const std::string_view> known);

}  // namespace bench::report
