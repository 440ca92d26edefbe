// One character of UTF-8 at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace beam {

// Removes the first character of `text`, which is not empty. Empty, and `text` is unchanged, if it
// does not begin with well-formed UTF-8: no overlong forms, no surrogates, nothing over 10FFFF.
[[nodiscard]] std::optional<char32_t> take_utf8(std::string_view& text) noexcept;

// Appends `character`, which is at most 10FFFF and not a surrogate.
void append_utf8(std::string& text, char32_t character);

}  // namespace beam
