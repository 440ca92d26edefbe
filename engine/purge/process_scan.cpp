#include "engine/purge/process_scan.hpp"

#include <algorithm>

#include "engine/purge/next_literal.hpp"
#include "engine/term/bits.hpp"
#include "engine/term/copy_term.hpp"
#include "engine/term/layout.hpp"

namespace beam {

namespace {

// With several areas the scan is for their hull, and what lies between them is passed over.
std::size_t next_in(LiteralScan& scan, AddressRanges areas) noexcept {
  std::size_t hit = next_literal(scan);
  while (hit < scan.count && !areas.contains(scan.words[hit])) hit = next_literal(scan);
  return hit;
}

// The runs of words of a process in the order of the scan: calls `look(words, count, what)` for
// each until one returns true, which is returned.
template <class Look>
bool any_run(const Process& process, Look look) noexcept {
  const auto run = [&look](Word* begin, const Word* end, ScanOf of) {
    return begin != end && look(begin, static_cast<std::size_t>(end - begin), of);
  };
  Word* const dictionary = process.dictionary.begin;
  if (run(process.stop, process.young.end(), ScanOf::kRoots) ||
      run(process.young.begin, process.htop, ScanOf::kObjects) ||
      run(process.old.begin, process.old_htop, ScanOf::kObjects) ||
      run(dictionary, dictionary + process.dictionary_size, ScanOf::kRoots)) {
    return true;
  }
  for (HeapFragment* at = process.fragments; at != nullptr; at = at->next) {
    if (run(at->words(), at->words() + at->used_words, ScanOf::kObjects)) return true;
  }
  return false;
}

}  // namespace

const Word* find_literal(const Word* words, std::size_t count, AddressRange area) noexcept {
  LiteralScan scan{words, count, area};
  const std::size_t hit = next_literal(scan);
  return hit == count ? nullptr : words + hit;
}

const Word* find_literal_by_walking(const Word* words, std::size_t count,
                                    AddressRange area) noexcept {
  LiteralScan scan{words, count, area};
  const std::size_t hit = next_literal_by_walking(scan);
  return hit == count ? nullptr : words + hit;
}

HeapScan scan_for_literals(const Process& process, AddressRanges areas) noexcept {
  HeapScan scan;
  scan.found = any_run(process, [&](const Word* words, std::size_t count, ScanOf of) {
    LiteralScan run{words, count, areas.hull(), of};
    const std::size_t hit = next_in(run, areas);
    scan.scanned_words += std::min(hit + 1, count);
    return hit != count;
  });
  return scan;
}

// Slots ------------------------------------------------------------------------------------

void LiteralSlot::point_at(Word copy) const noexcept {
  *at() = copy;
  if (!in_match_state()) return;
  Word* const state = at() - kMatchStateOrig;
  state[kMatchStateBase] = reinterpret_cast<Word>(bytes_of_binary(Term{copy}.pointer()));
}

Result<std::size_t> find_literal_slots(const Process& process, AddressRanges areas,
                                       MappedArray<LiteralSlot>& slots) noexcept {
  constexpr Error kNoMemory{"no memory for a list of references to literals"};
  slots.clear();
  std::size_t scanned = 0;
  const bool failed = any_run(process, [&](Word* words, std::size_t count, ScanOf of) {
    scanned += count;
    LiteralScan run{words, count, areas.hull(), of};
    for (std::size_t hit = next_in(run, areas); hit != count; hit = next_in(run, areas)) {
      // Behind a term the walk goes on with the next word, behind a match state it has more to
      // pass.
      const bool in_match_state = run.boundary != hit + 1;
      if (!slots.push_back({words + hit, in_match_state})) return true;
    }
    return false;
  });
  if (failed) return kNoMemory;
  for (Message* at = process.messages.first; at != nullptr; at = at->next) {
    ++scanned;
    if (!refers(at->term.word, areas)) continue;
    if (!slots.push_back({&at->term.word, false})) return kNoMemory;
  }
  return scanned;
}

// Queued messages --------------------------------------------------------------------------

namespace {

// Calls `visit(Word*)` for each word of the message that is a pointer into the area: in its
// fragments, and the term itself.
template <class Visit>
void for_each_reference(Message& message, AddressRanges areas, Visit visit) noexcept {
  for (HeapFragment* at = message.attached; at != nullptr; at = at->next) {
    LiteralScan scan{at->words(), at->used_words, areas.hull()};
    for (std::size_t i = next_in(scan, areas); i < scan.count; i = next_in(scan, areas)) {
      visit(at->words() + i);
    }
  }
  if (refers(message.term.word, areas)) visit(&message.term.word);
}

// The scan that most messages pass: is there any reference at all?
bool any_reference(const Message& message, AddressRanges areas, std::size_t& scanned) noexcept {
  ++scanned;
  if (refers(message.term.word, areas)) return true;
  for (const HeapFragment* at = message.attached; at != nullptr; at = at->next) {
    scanned += at->used_words;
    LiteralScan scan{at->words(), at->used_words, areas.hull()};
    if (next_in(scan, areas) != scan.count) return true;
  }
  return false;
}

void append(Message& message, HeapFragment* fragment) noexcept {
  HeapFragment** link = &message.attached;
  while (*link != nullptr) link = &(*link)->next;
  *link = fragment;
}

// Returns the words copied. Error: no memory; the message is as it was.
Result<std::size_t> copy_literals_of(Message& message, AddressRange literals, AddressRanges areas,
                                     BlockResource& blocks) noexcept {
  constexpr std::size_t kMost = ~std::size_t{0};
  std::size_t words = 0;
  for_each_reference(message, areas, [&](const Word* word) {
    const std::size_t more = copied_words(Term{*word}, literals, &areas);
    words = more > kMost - words ? kMost : words + more;
  });
  HeapFragment* fragment = make_fragment(blocks, words);
  if (fragment == nullptr) {
    return Error{"no memory for literals of a message", Error::kNowhere, {words, "{} words"}};
  }
  Word* top = fragment->words();
  for_each_reference(message, areas, [&](Word* word) {
    *word = copy_term(Term{*word}, literals, &areas, top, fragment->off_heap).word;
  });
  append(message, fragment);
  return words;
}

}  // namespace

Result<MessageLiterals> copy_message_literals(MessageQueue& queue, AddressRange literals,
                                              AddressRanges areas, BlockResource& blocks) noexcept {
  MessageLiterals done;
  for (Message* message = queue.first; message != nullptr; message = message->next) {
    if (!any_reference(*message, areas, done.scanned_words)) continue;
    const auto copied = copy_literals_of(*message, literals, areas, blocks);
    if (!copied) return copied.error();
    done.copied_words += copied.value();
  }
  return done;
}

Result<MessageLiterals> copy_message_literals(Process& process, AddressRanges areas) noexcept {
  return copy_message_literals(process.messages, process.literals, areas, *process.blocks);
}

// The whole search -------------------------------------------------------------------------

namespace {

Result<ProcessHits> scan_heap(const Process& process, const LiteralSearch& search,
                              MappedArray<LiteralSlot>& slots, PurgeWork& work) noexcept {
  if (search.depth == ScanDepth::kFirstHit) {
    const HeapScan scanned = scan_for_literals(process, search.areas);
    work.scanned_words += scanned.scanned_words;
    return ProcessHits{scanned.found, {}};
  }
  BEAM_TRY(const auto scanned_words, find_literal_slots(process, search.areas, slots));
  work.scanned_words += scanned_words;
  return ProcessHits{!slots.empty(), slots.span()};
}

}  // namespace

Result<ProcessHits> search_process(Process& process, const LiteralSearch& search,
                                   PurgeObserver& observer, MappedArray<LiteralSlot>& slots,
                                   PurgeWork& work) noexcept {
  observer.phase_begins(PurgePhase::kScan);
  BEAM_TRY(const auto queued, copy_message_literals(process, search.areas));
  work.scanned_words += queued.scanned_words;
  work.copied_literal_words += queued.copied_words;
  BEAM_TRY(const auto hits, scan_heap(process, search, slots, work));
  if (hits.found) ++work.holders;
  return hits;
}

}  // namespace beam
