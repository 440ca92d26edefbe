#!/usr/bin/env escript
%% -*- erlang -*-
%% Runs a real BEAM and purgebench one after the other, in fresh processes, pair by pair, and prints both with
%% the ratio of each pair. Called by scripts/compare-beam, which has built what is run here.
%%
%%   side_by_side.escript gc    PAIRS BEAM_DIR GC_COPY
%%   side_by_side.escript purge PAIRS BEAM_DIR PURGEBENCH
%%   side_by_side.escript memory PAIRS BEAM_DIR PURGEBENCH GIB
%%
%% BEAM_DIR holds gc_copy.beam, purge_cpu.beam and purge_memory.beam. A ratio is the model's figure over the BEAM's:
%% of rates for gc, of times for purge; printed is the median of the pairs'. Its interval is the distribution-free one
%% of a median (order statistics): the narrowest between two ratios that holds the true median in 95% of cases, of 9
%% pairs the 2nd and the 8th (96%); of fewer than 6 the least and the greatest, printed with the level that this has
%% (93% of 5, 75% of 3).
-mode(compile).

-define(KINDS, ["list", "tuples4", "flatmaps", "binaries64", "dag"]).
-define(GC_FLAGS, "+S 1:1 +SDcpu 1:1 +SDio 1").
%% The area sizes at which memory is compared, in words.
-define(AREAS, [10000, 30000, 100000, 200000, 500000, 800000, 1000000, 2000000]).
-define(PURGE_FLAGS, ?GC_FLAGS ++ " +sbwt none +sbwtdcpu none +sbwtdio none").

main(["gc", Pairs, BeamDir, GcCopy]) ->
    io:format("Major collections, end to end: allocate, copy, resize, release; recycled to-space.~n"
              "words/us: medians of ~s pairs of fresh processes, of the median collection in each; ratio: model over~n"
              "BEAM in a pair, the median of the pairs.~n~n"
              "~-11s ~9s ~10s ~10s ~10s ~7s   ~s~n",
              [Pairs, "structure", "words", "BEAM", "model", "memcpy", "ratio", interval_header(Pairs)]),
    [gc_row(Kind, Words, list_to_integer(Pairs), BeamDir, GcCopy)
     || Words <- [200000, 10000000], Kind <- ?KINDS];
main(["purge", Pairs, BeamDir, Purgebench]) ->
    io:format("One purge of 1,000,000 area words with 100 holders of one row; CPU time of a holder, us.~n"
              "Medians of ~s pairs of fresh processes, of the median purge in each; ratio: the model's time over the~n"
              "BEAM's in a pair, the median of the pairs.~n~n"
              "~-26s ~9s ~9s ~7s   ~s~n",
              [Pairs, "temporary copies", "BEAM", "model", "ratio", interval_header(Pairs)]),
    purge_rows(list_to_integer(Pairs), BeamDir, Purgebench);
main(["memory", Pairs, BeamDir, Purgebench, Gib]) ->
    io:format("Resident memory (RssAnon) of a node that erases a persistent term with holders of one row each, beside~n"
              "purgebench run --blocks erts. MiB beyond what was resident before; medians of ~s pairs of fresh~n"
              "processes. Growth: when segment caches are empty again; peak: the most at once. Reserved: the old~n"
              "heaps that the purge makes; cells of more than ~s GiB of them are left out. Within: whether the model~n"
              "is off by at most 10% of the node's figure, else by at most 2 MiB.~n~n"
              "~9s ~7s ~8s | ~8s ~8s ~6s ~-6s | ~8s ~8s ~6s ~s~n",
              [Pairs, Gib, "area", "holders", "reserved", "growth", "model", "ratio", "within", "peak", "model",
               "ratio", "within"]),
    Rows = [memory_row(Area, Holders, list_to_integer(Pairs), BeamDir, Purgebench)
            || Area <- ?AREAS, Holders <- [1, 10, 100, 1000],
               reserved(Area, Holders) =< list_to_integer(Gib) bsl 30],
    Within = fun(I) -> length([Row || Row <- Rows, element(I, Row)]) end,
    io:format("~n~b cells; within in growth: ~b, in peak: ~b, in both: ~b~n",
              [length(Rows), Within(1), Within(2), length([Row || Row = {true, true} <- Rows])]),
    halt(case Within(1) * 100 >= 80 * length(Rows) of true -> 0; false -> 1 end);
main(_) ->
    io:format(standard_error, "usage: side_by_side.escript gc|purge|memory PAIRS BEAM_DIR PROGRAM [GIB]~n", []),
    halt(2).

gc_row(Kind, Words, Pairs, BeamDir, GcCopy) ->
    Samples = integer_to_list(max(9, 40000000 div Words)),
    Arguments = lists:flatten([" ", Kind, " ", integer_to_list(Words), " ", Samples]),
    Beam = "erl " ++ ?GC_FLAGS ++ " -noinput -pa " ++ BeamDir ++ " -run gc_copy main" ++ Arguments,
    Runs = [pair(I, Beam, GcCopy ++ Arguments) || I <- lists:seq(1, Pairs)],
    Rate = fun(Text, Key) -> field(Text, "live_words") * 1000 / field(Text, Key) end,
    BeamRates = [Rate(Text, "median_ns") || {Text, _} <- Runs],
    ModelRates = [Rate(Text, "median_ns") || {_, Text} <- Runs],
    Copies = [Rate(Text, "memcpy_ns") || {_, Text} <- Runs],
    Ratios = [Model / Real || {Model, Real} <- lists:zip(ModelRates, BeamRates)],
    {Low, High} = interval(Ratios),
    io:format("~-11s ~9b ~10.1f ~10.1f ~10.1f ~7.2f   ~5.2f to ~5.2f~n",
              [Kind, Words, median(BeamRates), median(ModelRates), median(Copies), median(Ratios), Low, High]).

%% The rows of both kinds of temporary copies come from the same pairs.
purge_rows(Pairs, BeamDir, Purgebench) ->
    Beam = "erl " ++ ?PURGE_FLAGS ++ " -noinput -pa " ++ BeamDir ++ " -run purge_cpu main 1000000 100 3",
    Model = fun(Temp) ->
        Purgebench ++ " run --json --area-words 1000000 --holders 100 --bystanders 0 --rounds 4 --settle 1 --temp " ++
            Temp ++ " --out $(mktemp -d) 2>/dev/null"
    end,
    Runs = [{run(Beam), run(Model("kept")), run(Model("malloc"))} || _ <- lists:seq(1, Pairs)],
    Real = [field(Text, "cpu_ns_per_holder") / 1000 || {Text, _, _} <- Runs],
    [purge_row(Name, Real, [field(element(I, Run), "cpu_time") / 100000 || Run <- Runs])
     || {Name, I} <- [{"kept, as the BEAM's", 2}, {"malloc", 3}]].

purge_row(Name, Real, Model) ->
    Ratios = [M / R || {M, R} <- lists:zip(Model, Real)],
    {Low, High} = interval(Ratios),
    io:format("~-26s ~9.1f ~9.1f ~7.2f   ~5.2f to ~5.2f~n",
              [Name, median(Real), median(Model), median(Ratios), Low, High]).

%% -> whether growth and peak are within
memory_row(Area, Holders, Pairs, BeamDir, Purgebench) ->
    Beam = lists:flatten(io_lib:format("erl ~s -noinput -pa ~s -run purge_memory main ~b ~b",
                                       [?GC_FLAGS, BeamDir, Area, Holders])),
    %% Two seconds empty both caches.
    Model = lists:flatten(io_lib:format(
        "out=$(mktemp -d); ~s run --json --blocks erts --area-words ~b --term-words 29 --holders ~b --bystanders 0 "
        "--rounds 1 --settle 2000 --memory-budget 100000000000 --out $out/run 2>/dev/null; rm -r $out",
        [Purgebench, Area, Holders])),
    Runs = [pair(I, Beam, Model) || I <- lists:seq(1, Pairs)],
    Beyond = fun(Text, Key, Before) -> (field(Text, Key) - field(Text, Before)) / (1 bsl 20) end,
    Real = fun(Key) -> median([Beyond(Text, Key, "before") || {Text, _} <- Runs]) end,
    Modelled = fun(Key) -> median([Beyond(Text, Key, "resident_before") || {_, Text} <- Runs]) end,
    Growth = {Real("settled"), Modelled("resident_settled")},
    Peak = {Real("peak"), Modelled("resident_peak")},
    io:format("~9b ~7b ~8.1f | ~s | ~s~n",
              [Area, Holders, reserved(Area, Holders) / (1 bsl 20), compared(Growth), compared(Peak)]),
    {within(Growth), within(Peak)}.

compared({Real, Model}) ->
    io_lib:format("~8.2f ~8.2f ~6s ~-6s", [Real, Model, ratio(Real, Model), bound(Real, Model)]).

%% Below 2 MiB a ratio is meaningless: the absolute bound is the wider one, and the kernel's resolution is 0.25 MiB.
ratio(Real, Model) when abs(Real) >= 2 -> io_lib:format("~.2f", [Model / Real]);
ratio(_, _) -> "".

bound(Real, Model) ->
    case {within({Real, Model}), abs(Model - Real) =< abs(Real) / 10} of
        {true, true} -> "10%";
        {true, false} -> "2 MiB";
        {false, false} -> "no"
    end.

within({Real, Model}) -> abs(Model - Real) =< max(2.0, abs(Real) / 10).

%% Bytes of the old heaps: for each holder the smallest heap size of the runtime that holds the area.
reserved(Area, Holders) ->
    8 * Holders * hd([Size || Size <- erlang:system_info(heap_sizes), Size >= Area]).

%% Every other pair in reverse order, so that drift affects both alike.
pair(I, Beam, Model) when I rem 2 =:= 0 -> Text = run(Model), {run(Beam), Text};
pair(_, Beam, Model) -> Text = run(Beam), {Text, run(Model)}.

run(Command) -> os:cmd(Command).

%% The number behind "Key": in a line of JSON.
field(Text, Key) ->
    case re:run(Text, "\"" ++ Key ++ "\": ?([0-9.]+)", [{capture, [1], list}]) of
        {match, [Number]} ->
            try list_to_integer(Number) catch error:badarg -> list_to_float(Number) end;
        nomatch ->
            io:format(standard_error, "compare-beam: no ~s in this output:~n~s~n", [Key, Text]),
            halt(2)
    end.

%% As `median` of bench/stats/order_statistics.hpp: of an even number the mean of the middle two.
median(Numbers) ->
    Sorted = lists:sort(Numbers),
    N = length(Sorted),
    (lists:nth((N + 1) div 2, Sorted) + lists:nth(N div 2 + 1, Sorted)) / 2.

%% "96% interval"; rounded down, so that the level is never overstated.
interval_header(Pairs) ->
    {_, Level} = interval_rank(list_to_integer(Pairs)),
    io_lib:format("~b% interval", [trunc(100 * Level + 1.0e-9)]).

interval(Numbers) ->
    Sorted = lists:sort(Numbers),
    {Rank, _} = interval_rank(length(Sorted)),
    {lists:nth(Rank, Sorted), lists:nth(length(Sorted) + 1 - Rank, Sorted)}.

%% The rank of the low end of the interval of N values, and its level, as in bench/stats/sample.hpp.
interval_rank(1) -> {1, 0.0};
interval_rank(N) -> interval_rank(N, 1, 1 - 2 * chance(0, N)).

interval_rank(N, Rank, Level) ->
    Narrower = Level - 2 * chance(Rank, N),
    case 2 * Rank < N - 1 andalso Narrower >= 0.95 of
        true -> interval_rank(N, Rank + 1, Narrower);
        false -> {Rank, Level}
    end.

%% The probability that exactly K of N values are below the true median.
chance(K, N) -> lists:foldl(fun(I, Ways) -> Ways * (N - I + 1) / I end, 1, lists:seq(1, K)) / math:pow(2, N).
