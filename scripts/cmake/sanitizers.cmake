# PURGEBENCH_SANITIZE applies to the whole tree: sanitized and plain objects must not be mixed.
# Sources can ask for PURGEBENCH_SANITIZED, as a sanitizer owns malloc and nothing can be preloaded.

if(PURGEBENCH_SANITIZE)
  add_compile_options(-fsanitize=${PURGEBENCH_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${PURGEBENCH_SANITIZE})
  add_compile_definitions(PURGEBENCH_SANITIZED=1)
  # GCC's flow warnings see the instrumentation's own branches and report what is not there.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(
      purgebench_warnings INTERFACE -Wno-maybe-uninitialized
                                    -Wno-stringop-overflow -Wno-array-bounds)
  endif()
endif()
