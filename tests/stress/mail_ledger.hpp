// Who sent how many messages to whom, and how many of them were received.
//
// Messages from one place of the process table to one process are numbered without gaps, and have
// to come in this order. What a process did not receive when it died is lost, and counts for
// nobody.
//
// Threads: no locks, and nothing atomic. A row of what was sent is written by the sender, one of
// what was received by the receiver, each in its slices; that the next process of a place, or who
// asks when nobody sends, sees all of it is up to the schedulers, and to the thread sanitizer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/node/slice.hpp"
#include "engine/term/term.hpp"

namespace beam_test {

class MailLedger {
 public:
  // Senders 0 to `places` - 1, and the one behind them, which is no process.
  explicit MailLedger(std::size_t places)
      : senders_(places + 1),
        sent_(places * senders_),
        received_(places * senders_),
        serials_(places) {}

  [[nodiscard]] std::size_t outside() const noexcept { return senders_ - 1; }

  // A process runs for the first time.
  void begins(beam::Pid self) noexcept { serials_[self.index] = self.serial; }

  // What the next message of this sender to this process begins with.
  [[nodiscard]] beam::Term next_tag(std::size_t sender, beam::Pid to) const noexcept {
    const std::uint64_t number = of(sent_, sender, to) + std::uint64_t{1};
    return beam::make_small(static_cast<std::int64_t>(sender << kNumberBits | number));
  }
  // That message was taken: the process was there.
  void sent(std::size_t sender, beam::Pid to) noexcept {
    static_cast<void>(add(sent_, sender, to));
  }
  // False: it is not the next one of its sender.
  [[nodiscard]] bool received(beam::Pid self, beam::Term tag) noexcept {
    const auto bits = static_cast<std::uint64_t>(tag.small());
    const std::uint64_t number = bits & ((std::uint64_t{1} << kNumberBits) - 1);
    return add(received_, bits >> kNumberBits, self) == number;
  }
  // Whether the process that has this place received all that was sent to it.
  [[nodiscard]] bool all_received(std::size_t place) const noexcept {
    const beam::Pid pid{static_cast<std::uint32_t>(place), serials_[place]};
    for (std::size_t sender = 0; sender < senders_; ++sender) {
      if (of(sent_, sender, pid) != of(received_, sender, pid)) return false;
    }
    return true;
  }

 private:
  static constexpr unsigned kNumberBits = 32;

  // Messages of one sender to one process of a place, the last one that there was any for.
  struct Count {
    std::uint32_t serial = 0;
    std::uint32_t messages = 0;
  };
  using Counts = std::vector<Count>;

  [[nodiscard]] std::uint32_t of(const Counts& counts, std::size_t sender,
                                 beam::Pid to) const noexcept {
    const Count& count = counts[to.index * senders_ + sender];
    return count.serial == to.serial ? count.messages : 0;
  }
  // Returns how many there are now.
  [[nodiscard]] std::uint32_t add(Counts& counts, std::size_t sender, beam::Pid to) const noexcept {
    const std::uint32_t messages = of(counts, sender, to) + 1;
    counts[to.index * senders_ + sender] = {to.serial, messages};
    return messages;
  }

  std::size_t senders_;
  Counts sent_;
  Counts received_;
  std::vector<std::uint32_t> serials_;  // of the process of each place
};

}  // namespace beam_test
