# purgebench_warnings: what every target of this tree is compiled with. Consumers do not inherit it.

add_library(purgebench_warnings INTERFACE)
target_compile_options(
  purgebench_warnings
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wconversion
            -Wsign-conversion
            -Wdouble-promotion
            -Wold-style-cast
            -Wcast-align
            -Wcast-qual
            -Wnon-virtual-dtor
            -Woverloaded-virtual
            -Wformat=2
            -Wimplicit-fallthrough
            -Wextra-semi
            -Wundef
            -Wunused
            -Wmissing-declarations
            $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond>
            $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-branches>
            $<$<CXX_COMPILER_ID:GNU>:-Wlogical-op>)

# GCC 12 sees overlaps in std::string's own operator+ (GCC bug 105651); fixed in 13.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(purgebench_warnings INTERFACE -Wno-restrict)
endif()

# Warnings are errors with the compilers the tree is checked with. What a newer compiler newly warns
# of must not stop somebody who only wants to run a benchmark.
set(warnings_are_errors OFF)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  set(warnings_are_errors ON)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 15)
  set(warnings_are_errors ON)
endif()
option(PURGEBENCH_WERROR "Treat warnings as errors" ${warnings_are_errors})
if(PURGEBENCH_WERROR)
  target_compile_options(purgebench_warnings INTERFACE -Werror)
endif()
