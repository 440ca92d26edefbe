// A device that is always full, as /dev/full, for tests in which a file that cannot be written must
// not come to harm.
#pragma once

#include <filesystem>
#include <optional>

// One of its own in `directory` for who may make one, so that a fault replaces this one; /dev/full
// for who could not replace it. Empty: neither can be had.
std::optional<std::filesystem::path> full_device(const std::filesystem::path& directory);
