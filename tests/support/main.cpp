// main() for a Catch2 2.13 that ships headers only. Where the package has its own, this is not
// built.
#define CATCH_CONFIG_MAIN
#include "tests/support/catch.hpp"
