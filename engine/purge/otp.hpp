// The purge of the strategy `otp`, whose steps those of other strategies are built on: a major
// collection, which dissolves the old heap and drops garbage, then a step of their own, then
// hibernation again if the holder slept.
#pragma once

#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"
#include "engine/literal/area_batch.hpp"
#include "engine/purge/strategy.hpp"

namespace beam {

class OtpPurge : public Purge {
 public:
  explicit OtpPurge(const PurgeScope& scope) noexcept : areas_(scope.areas) {}

  [[nodiscard]] Result<PurgeWork> visit(Process& process, const ProcessHits& hits,
                                        const PurgeWorker& worker) noexcept final;

 protected:
  // The step after the collection, in a process that is alive and has only a young block; adds what
  // it did. `otp` does copy_whole(). Error: no memory; the process is whole.
  [[nodiscard]] virtual Result<Unit> after_collection(Process& process, const PurgeWorker& worker,
                                                      PurgeWork& work) noexcept;

  // The runtime's literal collection (gc/literal_copy.hpp). May kill the process.
  [[nodiscard]] Result<Unit> copy_whole(Process& process, const PurgeWorker& worker,
                                        PurgeWork& work) noexcept;

  [[nodiscard]] const AreaBatch& areas() const noexcept { return areas_; }

 private:
  const AreaBatch& areas_;
};

}  // namespace beam
