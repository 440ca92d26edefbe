%% Times major collections of a process that holds one live structure, on a real BEAM.
%%
%%   erlc gc_copy.erl
%%   erl FLAGS -noinput -run gc_copy main KIND WORDS SAMPLES
%%
%% KIND is list, tuples4, flatmaps, binaries64 or dag; WORDS the live words wanted; SAMPLES how many collections are
%% timed, one erlang:garbage_collect() each, from the call to its return. Prints one JSON line: live words as the
%% process reports them after a collection, nanoseconds of every sample, their median and best, page faults per
%% collection.
%%
%% FLAGS: +S 1:1 +SDcpu 1:1 +SDio 1, so that the machine is not filled with idle schedulers. A heap of 131,072 words
%% or more is collected on the dirty scheduler; going there and back is part of the time.
%% To-space is recycled memory with these flags: a block of more than 512 kB is a mapping of its own, the freed
%% from-space goes to the segment cache (+MMmcs, 10 segments by default) and is the to-space of the next collection,
%% which asks for exactly as much because min_heap_size keeps the block from growing and shrinking. The faults show
%% it: less than 5 a collection. With +MMmcs 0 every collection takes fresh pages, and faults are most of its time.
%%
%% The structures. A C++ twin must build the same ones; after the first collection the order in memory is that of the
%% collector, whatever the order of building. Integers are small. N is the number of elements.
%%   list        [1, 2, ..., N]                                   2 words an element, N = WORDS div 2
%%   tuples4     [{I, I+1, I+2, I+3} || I <- 1..N]                7 words, N = WORDS div 7
%%   flatmaps    [#{a=>I, b=>I+1, c=>I+2, d=>I+3} || I <- 1..N]   9 words, N = WORDS div 9; the tuple of keys is one
%%               literal, shared by all and not copied
%%   binaries64  [<<I:512>> || I <- 1..N]                         12 words, N = WORDS div 12; 64 bytes on the heap
%%   dag         nodes {I, A, B}, I = 1..N, in chunks of 4096 (the last may be shorter): a tuple of the tuples of
%%               nodes. Nodes of the first chunk have A = B = []; in every other chunk A and B are nodes of the chunks
%%               before it. 4 words a node, 1 + n for a chunk of n nodes, 1 + C for C chunks: N is the greatest with
%%               5 * N + 2 * C + 1 =< WORDS, C = ceil(N / 4096).
%% Random choices of dag come from xorshift32, x = 2463534242 to start with: x ^= x << 13 (of 32 bits), x ^= x >> 17,
%% x ^= x << 5 (of 32 bits). For each node with P > 0 nodes in the chunks before its own, in order of I, first for A,
%% then for B: x is advanced, and node number (x * P) >> 32 of those P is taken, counted from 0. With WORDS = 200000
%% there are 39,995 nodes, and the sum of the I of all A and B is 719,903,787.
-module(gc_copy).
-export([main/1]).

-define(CHUNK, 4096).
-define(WARM_UP, 5).

main([Kind, Words, Samples]) ->
    io:put_chars(measure(list_to_existing_atom(Kind), list_to_integer(Words), list_to_integer(Samples))),
    halt(0).

measure(Kind, Words, Samples) ->
    Elements = elements(Kind, Words),
    Parent = self(),
    %% A block that is never more than three quarters full stays as large as it is.
    Options = [monitor, {min_heap_size, Words * 3 div 2}],
    {Pid, Monitor} = spawn_opt(fun() -> holder(Parent, Kind, Elements, Samples) end, Options),
    {Times, Faults} = receive {Pid, Result} -> Result; {'DOWN', Monitor, _, _, Reason} -> exit(Reason) end,
    waiting(Pid),
    {_, Info} = process_info(Pid, garbage_collection_info),
    {_, Live} = lists:keyfind(heap_size, 1, Info),
    {_, Block} = lists:keyfind(heap_block_size, 1, Info),
    %% median_low of bench/stats/order_statistics.hpp, as in the C++ twin.
    Median = lists:nth((Samples + 1) div 2, lists:sort(Times)),
    io_lib:format("{\"kind\": \"~s\", \"elements\": ~b, \"live_words\": ~b, \"block_words\": ~b, "
                  "\"samples\": ~b, \"median_ns\": ~b, \"best_ns\": ~b, \"words_per_us\": ~.1f, "
                  "\"minor_faults_per_collection\": ~.1f, "
                  "\"otp_release\": \"~s\", \"ns\": ~w}~n",
                  [Kind, Elements, Live, Block, Samples, Median, lists:min(Times), Live * 1000 / Median,
                   Faults / Samples, erlang:system_info(otp_release), Times]).

holder(Parent, Kind, Elements, Samples) ->
    Structure = build(Kind, Elements),
    minor_faults(),  % what this loads must not fall between warm-up and samples
    times(?WARM_UP),
    Before = minor_faults(),
    Times = times(Samples),
    Faults = minor_faults() - Before,
    Parent ! {self(), {Times, Faults}},
    erlang:garbage_collect(),
    receive go -> Structure end.

%% Waits until the collection after the last message has ended.
waiting(Pid) ->
    case process_info(Pid, status) of
        {status, waiting} -> ok;
        {status, _} -> timer:sleep(1), waiting(Pid)
    end.

times(0) -> [];
times(N) ->
    Start = erlang:monotonic_time(nanosecond),
    erlang:garbage_collect(),
    [erlang:monotonic_time(nanosecond) - Start | times(N - 1)].

elements(list, Words) -> Words div 2;
elements(tuples4, Words) -> Words div 7;
elements(flatmaps, Words) -> Words div 9;
elements(binaries64, Words) -> Words div 12;
elements(dag, Words) -> dag_nodes(Words, Words div 5).

dag_nodes(Words, N) ->
    Chunks = (N + ?CHUNK - 1) div ?CHUNK,
    if
        5 * N + 2 * Chunks + 1 =< Words -> N;
        true -> dag_nodes(Words, N - 1)
    end.

build(list, N) -> lists:seq(1, N);
build(tuples4, N) -> [{I, I + 1, I + 2, I + 3} || I <- lists:seq(1, N)];
build(flatmaps, N) -> [#{a => I, b => I + 1, c => I + 2, d => I + 3} || I <- lists:seq(1, N)];
build(binaries64, N) -> [<<I:512>> || I <- lists:seq(1, N)];
build(dag, N) -> dag(1, N, 2463534242, []).

dag(I, N, _Random, Chunks) when I > N ->
    list_to_tuple(lists:reverse(Chunks));
dag(I, N, Random, Chunks) ->
    Size = min(?CHUNK, N - I + 1),
    {Nodes, Next} = chunk(I, Size, Random, list_to_tuple(lists:reverse(Chunks)), I - 1, []),
    dag(I + Size, N, Next, [list_to_tuple(lists:reverse(Nodes)) | Chunks]).

chunk(_I, 0, Random, _Earlier, _Count, Nodes) ->
    {Nodes, Random};
chunk(I, Left, Random, Earlier, 0, Nodes) ->
    chunk(I + 1, Left - 1, Random, Earlier, 0, [{I, [], []} | Nodes]);
chunk(I, Left, Random, Earlier, Count, Nodes) ->
    ForA = xorshift32(Random),
    ForB = xorshift32(ForA),
    Node = {I, pick(ForA, Earlier, Count), pick(ForB, Earlier, Count)},
    chunk(I + 1, Left - 1, ForB, Earlier, Count, [Node | Nodes]).

%% Every chunk before the current one is full.
pick(Random, Earlier, Count) ->
    Number = (Random * Count) bsr 32,
    element(Number rem ?CHUNK + 1, element(Number div ?CHUNK + 1, Earlier)).

xorshift32(X0) ->
    X1 = X0 bxor ((X0 bsl 13) band 16#ffffffff),
    X2 = X1 bxor (X1 bsr 17),
    X2 bxor ((X2 bsl 5) band 16#ffffffff).

%% Page faults of the whole virtual machine so far (field 10 of /proc/self/stat; the name in field 2 may hold spaces).
minor_faults() ->
    {ok, Stat} = file:read_file("/proc/self/stat"),
    [_, Rest] = string:split(Stat, ") ", trailing),
    binary_to_integer(lists:nth(8, string:split(Rest, " ", all))).
