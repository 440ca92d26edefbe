// Uses the installed engine and nothing else.
#include <engine/term/term.hpp>

int main() { return beam::make_small(42).small() == 42 ? 0 : 1; }
