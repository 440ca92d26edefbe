// Many programs in one text. A text without the words below is one program; otherwise each of them
// begins a block that ends where the next one begins:
//
//   text NAME       lines that programs have in common
//   choice NAME     a list of cases, of which a program is made with each in turn
//   case NAME       one of them, and its lines; without any, its name is its only line
//   program NAME    a program, or one for each combination of the choices that it mentions
//
// In the lines of a program or a text, {NAME} stands for a text or a choice that came before: alone
// on a line for all lines of it, within a line for the only line that it has. In the name of a
// program, {NAME} stands for the name of the choice's case.
//
//   choice area
//   case 50
//     module tuples 1 49
//   case 51
//     module tuples 1 50
//   program size/an area of {area} words
//     {area}
//     literal 0 0 0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/validate/program.hpp"

namespace bench::validate {

// Limit over all programs of a text.
inline constexpr std::size_t kMaxProgramLines = 1'000'000;

// The programs in `text`, the contents of the named file; a text without blocks is one program
// named after the file. Failure: a sentence that names file and line.
[[nodiscard]] Outcome<std::vector<Program>> parse_programs(std::string_view text,
                                                           const std::string& file);

}  // namespace bench::validate
