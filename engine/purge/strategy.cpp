#include "engine/purge/strategy.hpp"

namespace beam {

void PurgeWork::add(const PurgeWork& other) noexcept {
  holders += other.holders;
  killed += other.killed;
  scanned_words += other.scanned_words;
  copied_words += other.copied_words;
  copied_literal_words += other.copied_literal_words;
  temp_copied_words += other.temp_copied_words;
}

}  // namespace beam
