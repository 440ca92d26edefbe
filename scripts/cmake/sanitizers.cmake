# PURGEBENCH_SANITIZE applies to the whole tree: sanitized and plain objects must not be mixed.
# Sources can ask for PURGEBENCH_SANITIZED, as a sanitizer owns malloc and nothing can be preloaded.

# purgebench_cold(TARGET): code that the processor hardly spends time in. Sanitized, it is compiled
# without optimisation: instrumented templates take the optimiser twice as long as everything else.
function(purgebench_cold target)
  if(PURGEBENCH_SANITIZE)
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()

if(PURGEBENCH_SANITIZE)
  add_compile_options(-fsanitize=${PURGEBENCH_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${PURGEBENCH_SANITIZE})
  add_compile_definitions(PURGEBENCH_SANITIZED=1)
  # GCC's flow warnings see the instrumentation's own branches and report what is not there.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(
      purgebench_warnings INTERFACE -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds)
  endif()
endif()
