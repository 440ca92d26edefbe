// The fields of a cell's spec and of what it measured, listed once, in the order of the result
// rows, for reading and for writing: `field(key, member)` is called for each. `Spec` and `Result`
// may be const.
#pragma once

namespace bench {

template <class Field, class Spec>
void spec_fields(Field&& field, Spec& spec) {
  field("strategy", spec.strategy);
  field("allocator", spec.allocator);
  field("library", spec.library);
  field("blocks", spec.blocks);
  field("temp", spec.temp);
  field("thp", spec.thp);
  field("module", spec.module);
  field("module_label", spec.module_label);
  field("shape", spec.shape);
  field("area_words", spec.area_words);
  field("term_words", spec.term_words);
  field("held_words", spec.held_words);
  field("holders", spec.holders);
  field("bystanders", spec.bystanders);
  field("heap_words", spec.heap_words);
  field("touch_pages", spec.touch_pages);
  field("rounds", spec.rounds);
  field("schedulers", spec.schedulers);
  field("settle_ms", spec.settle_ms);
  field("seed", spec.seed);
  field("literal_space_bytes", spec.literal_space_bytes);
}

template <class Field, class Times, class Counters>
void time_fields(Field&& field, Times& times, Counters& counters) {
  field("purge_ns", times.purge_ns);
  field("scan_ns", times.scan_ns);
  field("gc_ns", times.gc_ns);
  field("copy_ns", times.copy_ns);
  field("release_ns", times.release_ns);
  field("pause_p50_ns", times.pause_p50_ns);
  field("pause_p99_ns", times.pause_p99_ns);
  field("pause_max_ns", times.pause_max_ns);
  field("pause_samples", counters.pause_samples);
  field("bystander_pause_p50_ns", times.bystander_pause_p50_ns);
  field("bystander_pause_max_ns", times.bystander_pause_max_ns);
}

template <class Field, class Counters>
void work_fields(Field&& field, Counters& counters) {
  field("scanned_words", counters.scanned_words);
  field("copied_words", counters.copied_words);
  field("copied_literal_words", counters.copied_literal_words);
  field("temp_copied_words", counters.temp_copied_words);
  field("allocations", counters.allocations);
  field("killed", counters.killed);
  field("heap_words_before", counters.heap_words_before);
  field("heap_words_after", counters.heap_words_after);
  field("heap_words_settled", counters.heap_words_settled);
  field("bystander_heap_words_after", counters.bystander_heap_words_after);
}

template <class Field, class Counters, class Memory>
void byte_fields(Field&& field, Counters& counters, Memory& memory) {
  field("area_bytes", counters.area_bytes);
  field("reserved_before", counters.reserved_before);
  field("reserved_after", counters.reserved_after);
  field("reserved_peak", counters.reserved_peak);
  field("live_after", counters.live_after);
  field("resident_base", memory.resident_base);
  field("resident_before", memory.resident_before);
  field("resident_after", memory.resident_after);
  field("resident_peak", memory.resident_peak);
  field("resident_settled", memory.resident_settled);
  field("resident_collected", memory.resident_collected);
  field("resident_trimmed", memory.resident_trimmed);
  field("fragmentation", memory.fragmentation);
  field("virtual_before", memory.virtual_before);
  field("virtual_after", memory.virtual_after);
  field("virtual_peak", memory.virtual_peak);
  field("group_peak", memory.group_peak);
  field("minor_faults", memory.minor_faults);
  field("allocator_allocated", memory.allocator_after.allocated);
  field("allocator_active", memory.allocator_after.active);
  field("allocator_resident", memory.allocator_after.resident);
  field("allocator_retained", memory.allocator_after.retained);
}

template <class Field, class Result>
void measured_fields(Field&& field, Result& result) {
  time_fields(field, result.times, result.counters);
  work_fields(field, result.counters);
  byte_fields(field, result.counters, result.memory);
  field("spawn_ns", result.times.spawn_ns);
  field("lines_ns", result.times.lines_ns);
  field("teardown_ns", result.times.teardown_ns);
  field("floor_ns", result.times.floor_ns);
  field("efficiency", result.times.efficiency);
}

}  // namespace bench
