%% What a node has resident before, during and after the release of a literal area with holders.
%%
%%   erlc purge_cpu.erl purge_memory.erl
%%   erl +S 1:1 +SDcpu 1:1 +SDio 1 -noinput -run purge_memory main AREA HOLDERS
%%
%% The area and its holders are those of purge_cpu. After a small warm-up round, the term is put by a process that
%% ends; holders start; all of them read one row. The first reading is taken when the node's segment caches are empty,
%% as in a node that has run for a while; the second when the collector is done, and the last when the caches are
%% empty again. One JSON line, in bytes: RssAnon of /proc/self/status before, after and settled, and the peak in
%% between (VmHWM minus file and shared memory pages).
-module(purge_memory).
-export([main/1]).

-define(KEY, purge_cpu_area).

main([Area, Holders]) ->
    Collector = purge_cpu:collector(),
    purge_cpu:watch(Collector),
    round(Collector, 1000, 1),
    {Before, After, Peak, Settled} = round(Collector, list_to_integer(Area), list_to_integer(Holders)),
    io:format("{\"otp_release\": \"~s\", \"before\": ~b, \"after\": ~b, \"peak\": ~b, \"settled\": ~b}~n",
              [erlang:system_info(otp_release), Before, After, Peak, Settled]),
    halt(0).

round(Collector, Area, Holders) ->
    Rows = purge_cpu:put_area(Area),
    Pids = [purge_cpu:start(1 + I * 7919 rem Rows) || I <- lists:seq(1, Holders)],
    erlang:garbage_collect(),
    wait_for_empty_caches(),
    reset_peak(),
    {Before, _} = resident(),
    persistent_term:erase(?KEY),
    purge_cpu:released(Collector),
    {After, Peak} = resident(),
    wait_for_empty_caches(),
    {Settled, _} = resident(),
    [exit(Pid, kill) || Pid <- Pids],
    {Before, After, Peak, Settled}.

%% The cache returns one segment per second.
wait_for_empty_caches() ->
    Cached = [N || {instance, _, Instance} <- erlang:system_info({allocator, mseg_alloc}), {memkind, Kind} <- Instance,
                   {cached_segments, N} <- proplists:get_value(status, Kind)],
    case lists:sum(Cached) of
        0 -> ok;
        _ -> timer:sleep(100), wait_for_empty_caches()
    end.

%% Resets VmHWM.
reset_peak() ->
    {ok, File} = file:open("/proc/self/clear_refs", [write, raw]),
    ok = file:write(File, "5"),
    ok = file:close(File).

%% -> {RssAnon, PeakAnon} in bytes
resident() ->
    {ok, Status} = file:read_file("/proc/self/status"),
    Kib = fun(Key) ->
        {match, [Number]} = re:run(Status, Key ++ ":\\s+([0-9]+)", [{capture, [1], binary}]),
        binary_to_integer(Number)
    end,
    Anonymous = Kib("RssAnon"),
    Other = Kib("RssFile") + Kib("RssShmem"),
    {1024 * Anonymous, 1024 * max(Anonymous, Kib("VmHWM") - Other)}.
