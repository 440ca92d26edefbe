# cmake --install: the engine as a library for find_package(purgebench), and the executable.
include(CMakePackageConfigHelpers)

set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/purgebench)

install(TARGETS purgebench RUNTIME)
if(PURGEBENCH_MICRO)
  install(TARGETS purgebench_micro RUNTIME)
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
