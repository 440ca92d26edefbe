// The groups of tight loops: one *_bench.cpp each, and one line here and in micro_main.cpp.
//
// A group registers its loops when it is told to, under "<group>/<loop>/<words>".
#pragma once

namespace bench {

void register_copy_loops();
void register_scan_loops();

}  // namespace bench
