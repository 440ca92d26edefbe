// Catch2, version 2.13 or 3, whichever is installed. Tests include this and nothing of Catch2's
// own.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
// Version 3 moved these into its namespace; tests use the short names.
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
