// The generic instructions of the BEAM: how many operands each has, by opcode.
//
// A list operand, always the last, counts as one and brings its elements with it. Source:
// lib/compiler/src/genop.tab; 1..180 of OTP 25, 181 and 182 of OTP 26, 183 of OTP 27, 184 of OTP
// 28, 185..193 of OTP 29 and its successor. Opcode numbers are never reused.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace beam {

inline constexpr std::uint8_t kOpIntCodeEnd = 3;
inline constexpr std::uint8_t kOpPutMapAssoc = 154;

// There is no opcode 0.
// clang-format off
inline constexpr std::array<std::uint8_t, 194> kOperandCounts = {
    0, 1, 3, 0, 2, 3, 2, 2, 3, 2,  // 0
    4, 5, 2, 3, 2, 3, 2, 1, 1, 0,  // 10
    0, 0, 0, 2, 1, 1, 2, 4, 4, 4,  // 20
    4, 4, 4, 4, 4, 4, 4, 4, 3, 3,  // 30
    3, 3, 3, 3, 3, 2, 2, 2, 2, 2,  // 40
    2, 2, 2, 2, 2, 2, 2, 2, 3, 3,  // 50
    3, 1, 2, 1, 2, 3, 3, 3, 3, 3,  // 60
    2, 1, 1, 0, 1, 1, 3, 2, 2, 2,  // 70
    5, 5, 5, 4, 2, 1, 1, 2, 2, 5,  // 80
    5, 5, 2, 1, 0, 1, 2, 2, 4, 4,  // 90
    4, 4, 3, 1, 2, 1, 1, 1, 2, 6,  // 100
    3, 5, 1, 2, 2, 3, 5, 7, 7, 7,  // 110
    5, 3, 2, 2, 5, 6, 2, 2, 2, 2,  // 120
    1, 3, 4, 0, 8, 6, 2, 6, 5, 4,  // 130
    5, 4, 5, 4, 3, 3, 3, 3, 3, 0,  // 140
    1, 1, 7, 1, 5, 5, 2, 3, 3, 4,  // 150
    0, 0, 2, 2, 2, 3, 4, 3, 2, 2,  // 160
    4, 3, 1, 2, 1, 1, 1, 6, 3, 0,  // 170
    1, 5, 3, 2, 4, 6, 2, 4, 3, 6,  // 180
    3, 5, 4, 6,  // 190
};
// clang-format on

inline constexpr std::size_t kMaxOpcode = kOperandCounts.size() - 1;

}  // namespace beam
