# purgebench_component(NAME PATTERN... [EXCLUDE REGEX]): a static library of the sources below the
# calling directory, found anew at every build, so that a new file needs no line here.

function(purgebench_component name)
  cmake_parse_arguments(arg "" "EXCLUDE" "" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  if(arg_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX "${arg_EXCLUDE}")
  endif()
  add_library(purgebench_${name} STATIC ${sources})
  add_library(purgebench::${name} ALIAS purgebench_${name})
  set_target_properties(purgebench_${name} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(purgebench_${name} PUBLIC cxx_std_20)
  target_include_directories(
    purgebench_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
                              $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/purgebench>)
  target_link_libraries(purgebench_${name} PRIVATE $<BUILD_INTERFACE:purgebench_warnings>)
endfunction()
