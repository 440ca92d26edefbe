// A process keeps one record out of a module of 10,000; the module is reloaded and its old version
// purged.
#pragma once

#include <cstddef>
#include <engine/base/result.hpp>
#include <utility>

inline constexpr std::size_t kRecordWords = 28;  // a header and 27 elements

// Whether the reader of .beam files, which takes zlib, says that nothing is no such file.
bool refuses_an_empty_file();

// Total heap words of the process before and after the purge.
beam::Result<std::pair<std::size_t, std::size_t>> reload_and_purge();
