# purgebench::build_info: bench/build_info.hpp in the build tree, constants that say what was built.
# The commit is read at every build; the file is rewritten, and its users recompiled, only when what
# it says has changed.

set(build_info_dir ${PROJECT_BINARY_DIR}/generated)
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
set(flags "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}}")
if(PURGEBENCH_SANITIZE)
  string(APPEND flags " -fsanitize=${PURGEBENCH_SANITIZE}")
endif()
string(STRIP "${flags}" flags)

add_custom_target(
  purgebench_write_build_info
  COMMAND
    ${CMAKE_COMMAND} -D source_dir=${PROJECT_SOURCE_DIR} -D output_dir=${build_info_dir} -D
    version=${PROJECT_VERSION} -D "compiler=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
    -D "flags=${flags}" -D build_type=${CMAKE_BUILD_TYPE} -P
    ${PROJECT_SOURCE_DIR}/scripts/cmake/write_build_info.cmake
  BYPRODUCTS ${build_info_dir}/bench/build_info.hpp
  COMMENT ""
  VERBATIM)

add_library(purgebench_build_info INTERFACE)
add_library(purgebench::build_info ALIAS purgebench_build_info)
target_include_directories(purgebench_build_info INTERFACE ${build_info_dir})
add_dependencies(purgebench_build_info purgebench_write_build_info)
