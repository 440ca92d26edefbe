# Installs purgebench below work_dir, and has strangers use it: a project that finds it with CMake, alone and
# inside of a shared library, and a compiler that asks pkg-config, where there is one.
# In: consumer_dir work_dir generator compiler, and what is installed: build_dir, a finished build; or source_dir,
# of which the engine alone is built first, on a system that seems to have no other library.

# Two runs at once do not meet.
string(RANDOM LENGTH 8 unique)
set(work_dir ${work_dir}/${unique})
set(prefix ${work_dir}/prefix)

function(fail text)
  file(REMOVE_RECURSE ${work_dir})
  message(FATAL_ERROR "${text}")
endfunction()

function(run)
  execute_process(
    COMMAND ${ARGN}
    OUTPUT_VARIABLE output ERROR_VARIABLE output
    RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    fail("${ARGN}: exit ${result}\n${output}")
  endif()
endfunction()

# Without optimisation: whether it builds is asked.
function(build_engine_alone)
  set(build_dir ${work_dir}/engine PARENT_SCOPE)
  set(without)
  foreach(package IN ITEMS fmt CLI11 nlohmann_json benchmark Catch2 rapidcheck)
    list(APPEND without -D CMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
  endforeach()
  run(${CMAKE_COMMAND} -S ${source_dir} -B ${work_dir}/engine -G ${generator} -D CMAKE_CXX_COMPILER=${compiler}
      -D CMAKE_BUILD_TYPE=Debug -D CMAKE_CXX_FLAGS_DEBUG=-O0 -D PURGEBENCH_ENGINE_ONLY=ON ${without})
  run(${CMAKE_COMMAND} --build ${work_dir}/engine --parallel)
endfunction()

function(use_with_cmake)
  run(${CMAKE_COMMAND} -S ${consumer_dir} -B ${work_dir}/build -G ${generator}
      -D CMAKE_CXX_COMPILER=${compiler} -D CMAKE_PREFIX_PATH=${prefix})
  run(${CMAKE_COMMAND} --build ${work_dir}/build)
  run(${work_dir}/build/consumer)
  run(${work_dir}/build/plugin_user)
endfunction()

# From a tree that was moved after it was installed; linked with and without --static.
function(use_with_pkg_config)
  find_program(pkg_config NAMES pkg-config pkgconf)
  if(NOT pkg_config)
    message("there is no pkg-config here, its file was not tried")
    return()
  endif()
  file(RENAME ${prefix} ${work_dir}/moved)
  file(GLOB_RECURSE file ${work_dir}/moved/*/purgebench.pc)
  get_filename_component(dir ${file} DIRECTORY)
  set(ENV{PKG_CONFIG_PATH} ${dir})
  foreach(static IN ITEMS "" --static)
    execute_process(
      COMMAND ${pkg_config} ${static} --cflags --libs purgebench
      OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE
      COMMAND_ERROR_IS_FATAL ANY)
    separate_arguments(flags UNIX_COMMAND "${flags}")
    run(${compiler} -std=c++20 ${consumer_dir}/main.cpp ${consumer_dir}/reload.cpp ${flags} -o ${work_dir}/linked)
    run(${work_dir}/linked)
  endforeach()
endfunction()

if(source_dir)
  build_engine_alone()
endif()
run(${CMAKE_COMMAND} --install ${build_dir} --prefix ${prefix})
if(source_dir)
  if(EXISTS ${prefix}/bin)
    fail("the engine alone installs programs")
  endif()
else()
  run(${prefix}/bin/purgebench --version)
endif()
use_with_cmake()
use_with_pkg_config()
file(REMOVE_RECURSE ${work_dir})
