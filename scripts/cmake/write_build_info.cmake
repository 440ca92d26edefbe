# Run at every build. In: source_dir output_dir version compiler flags build_type.
# Outside a checkout of this repository (an unpacked archive, no git, a tree git refuses to trust)
# the commit is "unknown" and dirty is false.

set(commit unknown)
set(dirty false)

# git -C source_dir ARGS...; sets `output` and `ok`. Takes no lock, so that it never stands in the
# way of somebody who commits at the same time.
macro(git)
  execute_process(
    COMMAND git --no-optional-locks -C ${source_dir} ${ARGN}
    OUTPUT_VARIABLE output OUTPUT_STRIP_TRAILING_WHITESPACE
    ERROR_QUIET
    RESULT_VARIABLE result)
  set(ok FALSE)
  if(result EQUAL 0)
    set(ok TRUE)
  endif()
endmacro()

# An empty prefix means that source_dir is the top of its checkout, and not a folder in another's.
git(rev-parse --show-prefix)
if(ok AND output STREQUAL "")
  git(rev-parse --verify --short=12 HEAD)
  if(ok)
    set(commit ${output})
    git(status --porcelain -- CMakeLists.txt CMakePresets.json engine allocators bench scripts/cmake)
    if(ok AND NOT output STREQUAL "")
      set(dirty true)
    endif()
  endif()
endif()

foreach(text IN ITEMS version commit compiler flags build_type)
  string(REPLACE "\\" "\\\\" ${text} "${${text}}")
  string(REPLACE "\"" "\\\"" ${text} "${${text}}")
endforeach()
configure_file(${CMAKE_CURRENT_LIST_DIR}/build_info.hpp.in ${output_dir}/bench/build_info.hpp @ONLY)
