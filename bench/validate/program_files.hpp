// The files of programs/, embedded in the executable.
#pragma once

#include <span>
#include <string_view>

namespace bench::validate {

struct ProgramFile {
  std::string_view name;
  std::string_view text;  // see program_set.hpp
};

[[nodiscard]] std::span<const ProgramFile> program_files() noexcept;

}  // namespace bench::validate
