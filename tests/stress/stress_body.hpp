// What processes do under stress, and what is checked of them.
//
// A message between them is a list: its tag in the ledger, and what the sender holds.
//
// The stack of a process, from its top: a list of literals that it holds, a return address, its
// random state. One that did not begin yet, or that hibernates, has one word: its random state, or
// a list of that and of the literals that it holds.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "engine/literal/literal_space.hpp"
#include "engine/node/schedulers.hpp"
#include "tests/stress/mail_ledger.hpp"

namespace beam_test {

inline constexpr std::size_t kModules = 2;
inline constexpr std::size_t kRecords = 10;   // of a module, and one binary
inline constexpr std::size_t kElements = 20;  // of each record
inline constexpr std::size_t kPayloadBytes = 1000;
inline constexpr std::size_t kMaxAlive = 300;  // processes
inline constexpr std::size_t kMinAlive = 100;

// What processes share: the literals of today, each other's pids, counts.
struct StressWorld {
  static constexpr std::size_t kPids = 512;  // more than there are places
  static constexpr std::size_t kLiterals = kModules * (kRecords + 1) + 1;  // and a persistent term

  void remember(beam::Pid pid) noexcept {
    pids[pid.index % kPids] = pid.index | (std::uint64_t{pid.serial} << 32);
  }
  // A process that was remembered, and may have exited.
  [[nodiscard]] beam::Pid pid(std::size_t i) const noexcept {
    const std::uint64_t known = pids[i];
    return {static_cast<std::uint32_t>(known), static_cast<std::uint32_t>(known >> 32)};
  }

  std::array<std::atomic<beam::Word>, kLiterals> literals{};
  std::array<std::atomic<beam::Word>, kModules> code{};
  std::array<std::atomic<std::uint64_t>, kPids> pids{};
  MailLedger mail{kPids};
  std::atomic<bool> quiet{false};  // processes only receive, and wait
  std::atomic<std::size_t> alive{0};
  std::atomic<std::uint64_t> spawned{0};
  std::atomic<std::uint64_t> sent{0};
  std::atomic<std::uint64_t> received{0};
  std::atomic<std::uint64_t> hibernated{0};
  std::atomic<std::uint64_t> exited{0};
  std::atomic<std::uint64_t> verified{0};  // heaps
  std::atomic<std::uint64_t> broken{0};
  std::atomic<std::uint64_t> out_of_order{0};  // messages
  std::atomic<std::uint64_t> behind{0};        // processes that did not get what they were sent
};

// Holds literals on the stack, in the dictionary and in messages to itself and to others, drops
// them, collects, spawns, hibernates, changes the code it runs, exits; all by its random state.
class StressBody final : public beam::ProcessBody {
 public:
  explicit StressBody(StressWorld& world) noexcept : world_(world) {}
  beam::SliceEnd run(beam::Slice& slice) noexcept override;

 private:
  bool begin(beam::Process& process) noexcept;
  void enter_code(beam::Process& process) noexcept;
  [[nodiscard]] beam::Result<bool> receive_some(beam::Slice& slice) noexcept;
  void take(beam::Process& process, beam::Term held) noexcept;
  bool step(beam::Slice& slice) noexcept;
  bool hold(beam::Process& process) noexcept;
  bool spawn(beam::Slice& slice) noexcept;
  bool send(beam::Slice& slice) noexcept;
  bool hibernate(beam::Process& process) noexcept;
  beam::SliceEnd exits() noexcept;

  StressWorld& world_;
};

// Verifies every heap and what it holds, and when all is quiet that nobody has unread messages.
class StressCheck final : public beam::ProcessTask {
 public:
  StressCheck(StressWorld& world, const beam::LiteralSpace& space) noexcept
      : world_(world), space_(space) {}
  beam::Answer run(const beam::Asked& asked) noexcept override;

 private:
  StressWorld& world_;
  const beam::LiteralSpace& space_;
};

}  // namespace beam_test
