%% Times the release of a literal area with holders, on a real BEAM.
%%
%%   erlc purge_cpu.erl
%%   erl FLAGS -noinput -run purge_cpu main AREA HOLDERS ROUNDS
%%
%% FLAGS: +S 1:1 +SDcpu 1:1 +SDio 1 +sbwt none +sbwtdcpu none +sbwtdio none. Without the three "none", idle schedulers
%% spin, which adds processor time.
%%
%% A persistent term is an area like that of a module, released by the same collector, and can be made of exactly
%% AREA words (at least 37): {Key, {Row, ..., Row, Pad}}. Each of HOLDERS (1 or more) processes keeps one row, 29 words,
%% in a stack slot and waits. Then the term is erased, and the round ends when the collector finds no further area to
%% release. ROUNDS rounds in one virtual machine, after one that does not count; prints one JSON line: processor time
%% of all threads (/proc/self/task/*/schedstat) and wall time, each as the median, the best, the median divided by
%% HOLDERS and every round; the median of page faults; and the total_heap_size of a holder before and after. cpu_ns
%% contains cpu_ns_of_reading, what it takes to read it, once a round.
-module(purge_cpu).
-export([main/1, holder/2, put_area/1, start/1, collector/0, watch/1, released/1]).

-define(KEY, purge_cpu_area).
-define(ROW_WORDS, 29).

main([Area, Holders, Rounds]) ->
    io:put_chars(report(list_to_integer(Area), list_to_integer(Holders), list_to_integer(Rounds))),
    halt(0).

report(Area, Holders, Rounds) ->
    Collector = collector(),
    watch(Collector),
    round(Collector, Area, Holders),  % warm-up: what is loaded and mapped once
    Results = [round(Collector, Area, Holders) || _ <- lists:seq(1, Rounds)],
    Reading = median_low([reading() || _ <- lists:seq(1, 9)]),
    [Cpu, Wall, Faults, [Before | _], [After | _]] =
        [[element(I, Result) || Result <- Results] || I <- lists:seq(1, 5)],
    [${, lists:join(", ", [
        io_lib:format("\"otp_release\": \"~s\", \"area_words\": ~b, \"held_words\": ~b, \"holders\": ~b, "
                      "\"rounds\": ~b",
                      [erlang:system_info(otp_release), Area, ?ROW_WORDS, Holders, Rounds]),
        times("cpu_ns", Cpu, Holders), times("wall_ns", Wall, Holders),
        io_lib:format("\"cpu_ns_of_reading\": ~b, \"minor_faults\": ~b, \"heap_words_before\": ~b, "
                      "\"heap_words_after\": ~b",
                      [Reading, median_low(Faults), Before, After])]), "}\n"].

times(Name, Times, Holders) ->
    io_lib:format("\"~s\": ~b, \"~s_best\": ~b, \"~s_per_holder\": ~b, \"~s_rounds\": ~w",
                  [Name, median_low(Times), Name, lists:min(Times), Name, median_low(Times) div Holders, Name, Times]).

%% median_low of bench/stats/order_statistics.hpp: of an even number the lower of the middle two. The model's times of
%% rounds are its median_high.
median_low(Numbers) -> lists:nth((length(Numbers) + 1) div 2, lists:sort(Numbers)).

%% -> {CpuNs, WallNs, MinorFaults, HeapWordsBefore, HeapWordsAfter}; every holder has the same heap.
round(Collector, Area, Holders) ->
    Rows = put_area(Area),
    Pids = [start(1 + I * 7919 rem Rows) || I <- lists:seq(1, Holders)],
    Before = heap_words(Pids),
    Faults = minor_faults(),
    Cpu = cpu_ns(),
    Start = erlang:monotonic_time(),
    persistent_term:erase(?KEY),
    End = released(Collector),
    CpuUsed = cpu_ns() - Cpu,
    FaultsTaken = minor_faults() - Faults,
    After = heap_words(Pids),
    lists:foreach(fun stop/1, Pids),
    {CpuUsed, erlang:convert_time_unit(End - Start, native, nanosecond), FaultsTaken, Before, After}.

%% The term is made by a separate process, so that nothing of it stays in this one. -> rows in the area The pair takes
%% 3 words, the tuple of N rows and the pad N + 2, a row 29.
put_area(Area) ->
    Rows = case (Area - 5) rem (?ROW_WORDS + 1) of
               1 -> (Area - 5) div (?ROW_WORDS + 1) - 1;  % no term has one word
               _ -> (Area - 5) div (?ROW_WORDS + 1)
           end,
    #{memory := Before} = persistent_term:info(),
    {_, Monitor} = spawn_monitor(
        fun() ->
            Pad = pad(Area - 5 - (?ROW_WORDS + 1) * Rows),
            persistent_term:put(?KEY, list_to_tuple([row(I) || I <- lists:seq(1000, 999 + Rows)] ++ [Pad]))
        end),
    receive {'DOWN', Monitor, _, _, normal} -> ok end,
    #{memory := After} = persistent_term:info(),
    Area = (After - Before - 16) div 8,  % 16 bytes are the head of the area
    Rows.

%% A term of that many words.
pad(0) -> [];
pad(Words) -> erlang:make_tuple(Words - 1, 0).

%% A record of 29 words, for an I of 4 to 11 digits.
row(I) ->
    Name = <<"name_", (integer_to_binary(I))/binary>>,
    {aCfg, I, [{item, I, I * 3}, {gold, I * 7}], Name, {attr, I, I + 1, I + 2, 1.5}}.

start(Element) ->
    Pid = spawn(?MODULE, holder, [self(), Element]),
    receive {Pid, ready} -> ok end,
    Pid.

holder(Parent, Element) ->
    Row = element(Element, persistent_term:get(?KEY)),
    Parent ! {self(), ready},
    receive go -> Row end.

stop(Pid) ->
    Monitor = monitor(process, Pid),
    exit(Pid, kill),
    receive {'DOWN', Monitor, _, _, _} -> ok end.

%% The total_heap_size of all holders, which is the same.
heap_words(Pids) ->
    [Words] = lists:usort([Words || Pid <- Pids, {_, Words} <- [process_info(Pid, total_heap_size)]]),
    Words.

%% The collector requests the next area to release: the answer is true if there is one, else false.

collector() ->
    [Pid] = [Pid || Pid <- processes(),
             {initial_call, {erts_literal_area_collector, start, 0}} =:= process_info(Pid, initial_call)],
    Pid.

watch(Collector) ->
    Switch = {erts_literal_area_collector, release_area_switch, 0},
    1 = erlang:trace_pattern(Switch, [{'_', [], [{return_trace}]}], [local]),
    1 = erlang:trace(Collector, true, [call, monotonic_timestamp]).

%% -> the time at which the collector found no more areas, in native units of monotonic time
released(Collector) ->
    receive
        {trace_ts, Collector, return_from, _, false, Time} -> Time;
        {trace_ts, Collector, return_from, _, true, _} -> released(Collector);
        {trace_ts, Collector, call, _, _} -> released(Collector)
    end.

%% Readings of the whole virtual machine so far.

reading() ->
    Before = cpu_ns(),
    cpu_ns() - Before.

cpu_ns() ->
    {ok, Threads} = file:list_dir("/proc/self/task"),
    lists:sum([begin
                   {ok, Stat} = file:read_file("/proc/self/task/" ++ Thread ++ "/schedstat"),
                   binary_to_integer(hd(binary:split(Stat, <<" ">>)))
               end || Thread <- Threads]).

%% Field 10 of the file; the name in field 2 may hold spaces.
minor_faults() ->
    {ok, Stat} = file:read_file("/proc/self/stat"),
    [_, Rest] = string:split(Stat, ") ", trailing),
    binary_to_integer(lists:nth(8, string:split(Rest, " ", all))).
