# cmake --install: the engine as a library, for find_package(purgebench) and for pkg-config; and the
# executables with their documents, where they are built.
include(CMakePackageConfigHelpers)

set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/purgebench)

foreach(executable IN ITEMS purgebench purgebench_micro)
  if(TARGET ${executable})
    install(TARGETS ${executable} RUNTIME)
  endif()
endforeach()
if(TARGET purgebench)
  set(documents ${PROJECT_BINARY_DIR}/bench)
  install(FILES ${documents}/purgebench.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${documents}/purgebench.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
          RENAME purgebench)
  install(FILES ${documents}/_purgebench DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
endif()
install(TARGETS purgebench_engine EXPORT purgebench ARCHIVE)
install(
  DIRECTORY engine
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/purgebench
  FILES_MATCHING
  PATTERN *.hpp)
install(EXPORT purgebench FILE purgebench-targets.cmake NAMESPACE purgebench:: DESTINATION ${config_dir})

configure_package_config_file(scripts/cmake/purgebench-config.cmake.in purgebench-config.cmake
                              INSTALL_DESTINATION ${config_dir})
write_basic_package_version_file(purgebench-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/purgebench-config.cmake
              ${PROJECT_BINARY_DIR}/purgebench-config-version.cmake DESTINATION ${config_dir})

# The prefix is found from where the file is, so that an installed tree may be moved.
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
cmake_path(ABSOLUTE_PATH pkgconfig_dir BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX} OUTPUT_VARIABLE from)
file(RELATIVE_PATH prefix_from_pkgconfig ${from} ${CMAKE_INSTALL_PREFIX})
configure_file(scripts/cmake/purgebench.pc.in purgebench.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/purgebench.pc DESTINATION ${pkgconfig_dir})
