# Installs build_dir below work_dir, then configures, builds and runs consumer_dir against it.
# In: build_dir consumer_dir work_dir generator compiler.

# Two runs at once do not meet.
string(RANDOM LENGTH 8 unique)
set(work_dir ${work_dir}/${unique})

function(run)
  execute_process(
    COMMAND ${ARGN}
    OUTPUT_VARIABLE output ERROR_VARIABLE output
    RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    file(REMOVE_RECURSE ${work_dir})
    message(FATAL_ERROR "${ARGN}: exit ${result}\n${output}")
  endif()
endfunction()

run(${CMAKE_COMMAND} --install ${build_dir} --prefix ${work_dir}/prefix)
run(${CMAKE_COMMAND} -S ${consumer_dir} -B ${work_dir}/build -G ${generator}
    -D CMAKE_CXX_COMPILER=${compiler} -D CMAKE_PREFIX_PATH=${work_dir}/prefix)
run(${CMAKE_COMMAND} --build ${work_dir}/build)
run(${work_dir}/build/consumer)
run(${work_dir}/prefix/bin/purgebench --version)
file(REMOVE_RECURSE ${work_dir})
