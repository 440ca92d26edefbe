#include "bench/cells/error_text.hpp"

#include <string_view>

namespace bench::cells {

namespace {

constexpr std::string_view kPlace = "{}";

void put_number(std::string& text, std::uint64_t number) {
  const std::size_t at = text.find(kPlace);
  if (at != std::string::npos) text.replace(at, kPlace.size(), std::to_string(number));
}

}  // namespace

std::string error_text(const beam::Error& error) {
  std::string text = error.what;
  if (error.offset != beam::Error::kNowhere) text += " at byte " + std::to_string(error.offset);
  if (*error.input != '\0') text.append(" ").append(error.input);
  if (!error.value) return text;
  std::string found = error.reads;
  put_number(found, *error.value);
  put_number(found, error.expected);
  return text + ": " + found;
}

}  // namespace bench::cells
