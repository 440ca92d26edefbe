// The fields of a cell's spec, listed once, for reading and for writing: `field(key, member)` is
// called for each. `Spec` may be const. What a cell measured is in measures.hpp.
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

}  // namespace bench
