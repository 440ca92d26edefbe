%% Runs programs in a real BEAM, and writes the state of their process's heap after each step.
%%
%%   purgebench_driver:main(Directory)
%%   purgebench_driver:areas(Directory)
%%
%% Directory/programs has Erlang terms: one {modules, [Spec]}, then for each program {program, Number, Options,
%% Length, Modules, Steps}. Modules are indexes into the list of specs, from 0 on; a step is a list of its name and
%% its numbers. Directory/<I>.beam gets module I of literals, and Directory/heaps a line of numbers for each program
%% and step: the numbers of program and step, whether the process is alive, total_heap_size, ?QUANTITIES, minor_gcs,
%% ?VIRTUAL, memory, and 1 if the step loaded, killed or purged softly, else 0. If the process is dead, all but the
%% first two are 0.
%%
%% areas/1 only creates the modules, and writes the bytes of the literal_alloc block that each takes when loaded to
%% Directory/areas, one number a line.
%%
%% A program becomes a module, assembled without any pass of the compiler: one function of straight-line code with one
%% stack frame of ?SLOTS slots, or one more. It is driven by the atom `go` and answers with the atom `done`, so that
%% driving it allocates nothing; what a step allocates is requested by its `test_heap`. Where it waits no argument
%% register is live. Where an instruction other than a call may collect, at most {x, 0} is: the argument where a frame
%% is made, and the match state in `take` and `tail`. Whatever else the process holds is in its stack frame and its
%% dictionary.
-module(purgebench_driver).
-export([main/1, areas/1]).

-define(SLOTS, 6).
%% Programs with such a step have one more slot.
-define(MATCH, 6).
-define(MATCHING, [match, take, tail]).
-define(KEYS, 8).
-define(QUANTITIES, [heap_block_size, heap_size, old_heap_block_size, old_heap_size, recent_size, stack_size,
                     mbuf_size]).
-define(VIRTUAL, [bin_vheap_size, bin_vheap_block_size, bin_old_vheap_size, bin_old_vheap_block_size]).
-define(ITEMS, [total_heap_size, garbage_collection_info, garbage_collection, memory, status]).
%% Room for binary construction, which requests some words more than it uses.
-define(SLACK, 8).
%% Words for an update of a map: a leaf, a root and eight more nodes of 16 children.
-define(UPDATE, 156).
%% Words of a match state, and of a part taken from a binary: up to 64 bytes on the heap.
-define(MATCH_STATE, 5).
-define(TAKEN, 10).
%% Where processes store terms.
-define(TABLE, purgebench_table).
%% Processes that do nothing.
-define(BYSTANDERS, 40).
%% How often a module is loaded to measure its area.
-define(LOADS, 8).
%% Timeout of a step, in milliseconds.
-define(PATIENCE, 60000).

%% The programs run in a process that is younger than ?BYSTANDERS others: the literal area collector visits those before
%% it, and its own programs last.
main(Directory) ->
    Bystanders = [spawn(fun() -> receive stop -> ok end end) || _ <- lists:seq(1, ?BYSTANDERS)],
    {Pid, Monitor} = spawn_monitor(fun() -> run_programs(Directory) end),
    receive {'DOWN', Monitor, process, Pid, Reason} -> normal = Reason end,
    [Bystander ! stop || Bystander <- Bystanders].

run_programs(Directory) ->
    register(?MODULE, self()),
    ?TABLE = ets:new(?TABLE, [named_table, public]),
    {ok, [{modules, Specs} | Programs]} = file:consult(filename:join(Directory, "programs")),
    Modules = list_to_tuple([write_module(Directory, Index, Spec)
                             || {Index, Spec} <- lists:enumerate(0, Specs)]),
    {ok, Heaps} = file:open(filename:join(Directory, "heaps"), [write, raw]),
    [ok = file:write(Heaps, run(Program, Modules)) || Program <- Programs],
    ok = file:close(Heaps).

areas(Directory) ->
    {ok, [{modules, Specs}]} = file:consult(filename:join(Directory, "programs")),
    Modules = [write_module(Directory, Index, Spec) || {Index, Spec} <- lists:enumerate(0, Specs)],
    Bytes = [[integer_to_list(area_block_bytes(Module)), "\n"] || Module <- Modules],
    ok = file:write_file(filename:join(Directory, "areas"), Bytes).

%% Programs ----------------------------------------------------------------------------------------

run({program, Number, Options, Length, Indexes, Steps}, AllModules) ->
    Modules = list_to_tuple([element(1 + Index, AllModules) || Index <- Indexes]),
    Names = lists:usort([Name || {Name, _} <- tuple_to_list(Modules)]),
    [load(Module) || Module <- lists:usort(tuple_to_list(Modules))],
    Program = list_to_atom("purgebench_program_" ++ integer_to_list(Number)),
    {module, Program} = erlang:load_module(Program, assemble(Program, Modules, Steps, exit_point(Options))),
    {Pid, Monitor} = spawn_opt(Program, run, [lists:seq(1, Length)], [monitor, {priority, high} | Options]),
    heap(Pid, 0),  % it waits for its first step
    Heaps = [begin
                 Result = result(step(Step, Pid, Monitor, Modules)),
                 [lists:join(" ", [integer_to_list(N) || N <- [Number, At | heap(Pid, Result)]]), "\n"]
             end || {At, Step} <- lists:enumerate(0, Steps)],
    exit(Pid, kill),
    receive {'DOWN', Monitor, process, Pid, _} -> ok end,
    [unload(Name) || Name <- Names],
    [persistent_term:erase(Key) || Key <- lists:seq(0, ?KEYS - 1)],
    ets:delete_all_objects(?TABLE),
    erlang:delete_module(Program),
    purge(Program),
    Heaps.

step([minor], Pid, _, _) -> garbage_collect(Pid, [{type, minor}]);
step([major], Pid, _, _) -> garbage_collect(Pid, [{type, major}]);
step([reload, Index], _, _, Modules) -> load(element(1 + Index, Modules));
step([purge, Index], _, _, Modules) -> purge(element(1, element(1 + Index, Modules)));
step([purge_all | Indexes], _, _, Modules) ->
    purge_all([element(1, element(1 + Index, Modules)) || Index <- Indexes]);
step([publish | _], Pid, Monitor, _) -> go(Pid, Monitor), after_progress();
step([soft_purge, Index], _, _, Modules) ->
    Purged = erts_code_purger:soft_purge(element(1, element(1 + Index, Modules))),
    settle(),
    {soft_purge, Purged};
step([occupy, Index], _, _, Modules) -> occupied(spawn(element(1, element(1 + Index, Modules)), wait, []));
step([keep, Key, Length], _, _, _) -> persistent_term:put(Key, lists:seq(1, Length)), after_progress();
step([tell, Length], Pid, _, _) -> Pid ! lists:seq(1, Length);
step([tell_literal, Index, Literal, References], Pid, _, Modules) ->
    Pid ! literal_message(element(1, element(1 + Index, Modules)), Literal, References);
step([tell_later, Index, Literal, References], Pid, _, Modules) ->
    Queued = process_info(Pid, message_queue_len),
    erlang:send_after(0, Pid, literal_message(element(1, element(1 + Index, Modules)), Literal, References)),
    arrived(Pid, Queued);
step([cross, Index, Literal, References], Pid, _, Modules) ->
    {Name, _} = Module = element(1 + Index, Modules),
    Message = literal_message(Name, Literal, References),
    case load(Module) of
        {error, not_purged} -> ok;
        {module, Name} -> send_across_purge(Pid, Message, Name)
    end;
step([forget, Key], _, _, _) -> persistent_term:erase(Key), after_progress();
step(_, Pid, Monitor, _) -> go(Pid, Monitor).

go(Pid, Monitor) ->
    Pid ! go,
    receive
        done -> ok;
        {'DOWN', Monitor, process, Pid, _} = Down -> self() ! Down  % whoever waits for it later finds it
    after ?PATIENCE -> exit(step_not_done)
    end.

literal_message(Name, Literal, 0) -> Name:get(Literal);
literal_message(Name, Literal, References) -> list_to_tuple(lists:duplicate(References, Name:get(Literal))).

%% A dead process has no queue.
arrived(_, undefined) -> ok;
arrived(Pid, Queued) ->
    process_info(Pid, message_queue_len) =/= Queued orelse begin erlang:yield(), arrived(Pid, Queued) end.

%% The collector finds the area in its mailbox when it is resumed, then the question. This process goes on before the
%% bystanders, which have a lower priority and are asked before Pid.
send_across_purge(Pid, Message, Name) ->
    Collector = collector(),
    true = erlang:suspend_process(Collector),
    erts_code_purger:purge(Name),
    Priority = process_flag(priority, high),
    true = erlang:resume_process(Collector),
    false = is_idle(Collector),
    Pid ! Message,
    process_flag(priority, Priority),
    settle().

%% The collector finds all areas in its queue when it is resumed.
purge_all(Names) ->
    Collector = collector(),
    true = erlang:suspend_process(Collector),
    Killed = [element(2, erts_code_purger:purge(Name)) || Name <- Names],
    true = erlang:resume_process(Collector),
    settle(),
    {purge, lists:member(true, Killed)}.

occupied(Pid) ->
    case process_info(Pid, status) of
        {status, waiting} -> ok;
        _ -> erlang:yield(), occupied(Pid)
    end.

result({module, _}) -> 1;
result({purge, true}) -> 1;
result({soft_purge, true}) -> 1;
result(_) -> 0.

%% Alive or not, then the words; 0 for a dead process.
heap(Pid, Result) ->
    case is_process_alive(Pid) andalso process_info(Pid, ?ITEMS) of
        [{_, Total}, {_, Info}, {_, Collections}, {_, Memory}, {_, waiting}] ->
            [1, Total] ++ values(?QUANTITIES, Info) ++ values([minor_gcs], Collections) ++ values(?VIRTUAL, Info) ++
                [Memory, Result];
        [_, _, _, _, {_, _}] -> erlang:yield(), heap(Pid, Result);
        _ -> lists:duplicate(5 + length(?QUANTITIES) + length(?VIRTUAL), 0)
    end.

values(Items, Info) -> [element(2, lists:keyfind(Item, 1, Info)) || Item <- Items].

%% Modules of literals -----------------------------------------------------------------------------

%% Literals of a module are distinct, and none is an integer: otherwise the module's table would have fewer.
write_module(Directory, Index, Spec) ->
    Name = list_to_atom("purgebench_literals_" ++ integer_to_list(Index)),
    Bytes = literal_module(Name, literals(Spec)),
    ok = file:write_file(filename:join(Directory, integer_to_list(Index) ++ ".beam"), Bytes),
    {Name, Bytes}.

literals([records, Count, Size]) -> [{lit, I, lists:seq(1, Size)} || I <- lists:seq(1, Count)];
literals([tuples, Count, Size]) -> [list_to_tuple(lists:seq(I, I + Size - 1)) || I <- lists:seq(1, Count)];
literals([lists, Count, Size]) -> [lists:seq(I, I + Size - 1) || I <- lists:seq(1, Count)];
literals([maps, Count, Size]) -> [maps:from_list([{K, K + I} || K <- lists:seq(1, Size)]) || I <- lists:seq(1, Count)];
literals([binaries, Count, Size]) -> [<<I:(8 * Size)>> || I <- lists:seq(1, Count)];
literals([integers, Count, Size]) -> [{I, sign(I) * (1 bsl Size + I)} || I <- lists:seq(1, Count)];
literals([floats, Count, Size]) -> [[I + K / 2 || K <- lists:seq(1, Size)] || I <- lists:seq(1, Count)];
literals([bits, Count, Size]) -> [{I, <<I:Size>>} || I <- lists:seq(1, Count)];
literals([wide_maps, Count, Size]) ->
    [maps:from_list([{sign(K) * K * 1000003 * 1000003, K + I} || K <- lists:seq(1, Size)]) || I <- lists:seq(1, Count)];
literals([external, Count, Size]) -> [external(I, Size) || I <- lists:seq(1, Count)];
literals([atom_maps, Count, Size]) ->
    [maps:from_list([{list_to_atom("key_" ++ integer_to_list(K)), K + I} || K <- lists:seq(1, Size)])
     || I <- lists:seq(1, Count)];
literals([mixed, Count, Size]) -> [mixed(I, lists:seq(1, Size)) || I <- lists:seq(1, Count)].

sign(I) -> 1 - 2 * (I rem 2).

%% A pid, a port and references of Size times 32 bits of another node.
external(I, Size) ->
    Node = <<100, 3:16, "a@b">>,
    Numbers = << <<(I + N):32>> || N <- lists:seq(1, Size) >>,
    [binary_to_term(<<131, 88, Node/binary, I:32, 0:32, 7:32>>), binary_to_term(<<131, 120, Node/binary, I:64, 7:32>>),
     binary_to_term(<<131, 90, Size:16, Node/binary, 7:32, Numbers/binary>>)].

mixed(I, Part) ->
    {I, I + 0.5, -(1 bsl 64) - I, <<I:64>>, <<I:800>>, #{I => Part, part => Part}, fun lists:map/2, "text", {},
     [I | Part]}.

%% The first of the two steps of loading already creates the area. A block may be a few words too large, if the rest
%% of a free block is too small to be a block: several are created, and the smallest counts.
area_block_bytes({Name, Bytes}) ->
    erlang:garbage_collect(),  % frees what was created for the previous module
    area_block_bytes(Name, Bytes, ?LOADS, [], []).

area_block_bytes(_, _, 0, Sizes, _) ->
    lists:min(Sizes);
area_block_bytes(Name, Bytes, N, Sizes, Held) ->
    Before = literal_bytes(),
    Prepared = erlang:prepare_loading(Name, Bytes),
    false = is_tuple(Prepared),
    area_block_bytes(Name, Bytes, N - 1, [literal_bytes() - Before | Sizes], [Prepared | Held]).

literal_bytes() ->
    lists:sum([element(2, lists:keyfind(size, 1, Counters)) ||
               {instance, _, Properties} <- erlang:system_info({allocator, literal_alloc}),
               {Carriers, Values} <- Properties, Carriers =:= mbcs orelse Carriers =:= sbcs,
               {blocks, ByType} <- Values, {_, Counters} <- ByType]).

%% get/1 gives literal 0, 1, ... of the module's table: they are numbered in the order of their first use.
literal_module(Name, Literals) ->
    Labels = lists:seq(3, 2 + length(Literals)),
    Values = lists:append([[{label, Label}, {move, {literal, Literal}, {x, 0}}, return]
                           || {Label, Literal} <- lists:zip(Labels, Literals)]),
    Choice = lists:append([[{integer, Label - 3}, {f, Label}] || Label <- Labels]),
    Get = {function, get, 1, 2,
           [{label, 1}, {func_info, {atom, Name}, {atom, get}, 1}, {label, 2},
            {select_val, {x, 0}, {f, 1}, {list, Choice}} | Values]},
    Wait = 3 + length(Literals),
    Waiting = {function, wait, 0, Wait + 1,
               [{label, Wait}, {func_info, {atom, Name}, {atom, wait}, 0}, {label, Wait + 1}, {wait, {f, Wait + 1}}]},
    module(Name, [Get, Waiting], Wait + 2).

module(Name, Functions, Labels) ->
    Exports = [{Function, Arity} || {function, Function, Arity, _, _} <- Functions],
    {ok, Bytes} = beam_asm:module({Name, Exports, [], Functions, Labels}, [], [], []),
    Bytes.

%% A module that already has old code is not reloaded.
load({Name, Bytes}) -> erlang:load_module(Name, Bytes).

unload(Name) ->
    purge(Name),
    erlang:delete_module(Name),
    purge(Name).

%% Returns once the area is freed and every process has been visited.
purge(Name) ->
    {_, Killed} = erts_code_purger:purge(Name),
    settle(),
    {purge, Killed}.

%% The area of a persistent term is queued for the collector after some thread progress; a purge takes at least as
%% long.
after_progress() ->
    Fence = purgebench_fence,
    load({Fence, module(Fence, [captured(0, Fence)], 3)}),
    erlang:delete_module(Fence),
    purge(Fence).

settle() ->
    Collector = collector(),
    idle(Collector),
    idle(Collector).

collector() ->
    [Collector] = [Pid || Pid <- processes(), process_info(Pid, initial_call) =:=
                   {initial_call, {erts_literal_area_collector, start, 0}}],
    Collector.

idle(Collector) ->
    is_idle(Collector) orelse begin erlang:yield(), idle(Collector) end.

is_idle(Collector) ->
    Ref = make_ref(),
    Collector ! {get_status, Ref, self()},
    receive {Ref, Status} -> Status =:= idle end.

%% Code --------------------------------------------------------------------------------------------

assemble(Name, Modules, Steps, Exit) ->
    {Code, End} = lists:mapfoldl(fun(Step, Label) -> step_code(Step, Name, Modules, Exit, Label) end,
                                  captured_label(?SLOTS) + 1, Steps),
    Functions = functions({run, 1, 1, [{move, {x, 0}, {y, 0}}]}, lists:append(Code) ++ [{label, End}, {wait, {f, End}}],
                          Name, frame(Steps), Exit),
    module(Name, Functions ++ [captured(Free, Name) || Free <- lists:seq(1, ?SLOTS)], End + 1).

frame(Steps) ->
    case lists:any(fun([Step | _]) -> lists:member(Step, ?MATCHING) end, Steps) of
        true -> ?SLOTS + 1;
        false -> ?SLOTS
    end.

%% OTP 25 kills a process that exceeded its limit when it is next scheduled, but not if it is then waiting in a
%% `receive`: that process runs forever.
exit_point(Options) ->
    case lists:keyfind(max_heap_size, 1, Options) of
        {_, #{size := Size, kill := true}} when Size > 0 -> [{call_ext, 0, {extfunc, erlang, yield, 0}}];
        _ -> []
    end.

%% The function behind funs with that many free variables; never called.
captured(Free, Name) ->
    Entry = captured_label(Free),
    {function, captured, Free, Entry,
     [{label, Entry - 1}, {func_info, {atom, Name}, {atom, captured}, Free}, {label, Entry}, return]}.

captured_label(Free) -> 2 + 2 * Free.

%% The code is split where the process hibernates: what follows is a separate function with its own frame, whose
%% argument becomes a slot.
functions({Function, Arity, Label, Start}, Code, Name, Frame, Exit) ->
    {Body, Rest} = lists:splitwith(fun({wake, _, _, _}) -> false; (_) -> true end, Code),
    [{function, Function, Arity, Label + 1,
      [{label, Label}, {func_info, {atom, Name}, {atom, Function}, Arity}, {label, Label + 1},
       {allocate, Frame, Arity}, {init_yregs, {list, [{y, I} || I <- lists:seq(0, Frame - 1)]}}] ++ Start ++
          Exit ++ Body}
     | case Rest of
           [{wake, Woken, Slot, At} | More] ->
               functions({Woken, 1, At, [{move, {x, 0}, {y, Slot}}]}, More, Name, Frame, Exit);
           [] -> []
       end].

%% Waits for `go`, and leaves every other message in the queue.
step_code(Step, Name, Modules, Exit, Label) ->
    case code(Step, Modules, Label + 4) of
        none -> {[], Label};
        {hibernate, Code, Slot} ->
            Woken = list_to_atom("woken_" ++ integer_to_list(Label)),
            {Waiting, Next} = step_code(Code, Exit, Label),
            {Waiting ++ [{move, {atom, Name}, {x, 0}}, {move, {atom, Woken}, {x, 1}}, {move, {y, Slot}, {x, 2}},
                         {call_ext, 3, {extfunc, erlang, hibernate, 3}}, {wake, Woken, Slot, Next}], Next + 2};
        Code -> step_code(Code, Exit, Label)
    end.

step_code(Code, Exit, Label) ->
    {[{label, Label}, {loop_rec, {f, Label + 1}, {x, 0}},
      {test, is_eq_exact, {f, Label + 2}, [{x, 0}, {atom, go}]}, {jump, {f, Label + 3}},
      {label, Label + 1}, {wait, {f, Label}},
      {label, Label + 2}, {loop_rec_end, {f, Label}},
      {label, Label + 3}, remove_message] ++ Code ++ Exit ++
         [{move, {atom, ?MODULE}, {x, 0}}, {move, {atom, done}, {x, 1}}, send], Label + 6}.

%% The code of a step done by the process itself. Label and the next one may be used.
code([literal, To, Index, Literal], Modules, _) ->
    {Name, _} = element(1 + Index, Modules),
    [{move, {integer, Literal}, {x, 0}}, {call_ext, 1, {extfunc, Name, get, 1}}, {move, {x, 0}, {y, To}}];
code([list, To, Length], _, Label) ->
    [{test_heap, 2 * Length, 0}, {move, nil, {x, 0}}, {move, {integer, Length}, {x, 1}},
     {label, Label}, {put_list, {x, 1}, {x, 0}, {x, 0}},
     {gc_bif, '-', {f, 0}, 2, [{x, 1}, {integer, 1}], {x, 1}},
     {test, is_eq_exact, {f, Label}, [{x, 1}, {integer, 0}]}, {move, {x, 0}, {y, To}}];
code([tuple, To | From], _, _) ->
    [{test_heap, 1 + length(From), 0}, {put_tuple2, {y, To}, {list, [{y, I} || I <- From]}}];
code([cons, To, Head, Tail], _, _) -> [{test_heap, 2, 0}, {put_list, {y, Head}, {y, Tail}, {y, To}}];
code([rest, To, From], _, Label) ->
    or_nil([{test, is_nonempty_list, {f, Label}, [{y, From}]}, {get_tl, {y, From}, {y, To}}], To, Label);
code([element, To, From, Position], _, Label) ->
    or_nil([{bif, element, {f, Label}, [{integer, Position}, {y, From}], {y, To}}], To, Label);
code([update, To, From, Value], _, Label) ->
    or_nil([{test_heap, ?UPDATE, 0}, {test, is_map, {f, Label}, [{y, From}]},
            {test, has_map_fields, {f, Label}, {y, From}, {list, [{integer, 1}]}},
            {put_map_exact, {f, 0}, {y, From}, {y, To}, 0, {list, [{integer, 1}, {y, Value}]}}], To, Label);
code([match, From], _, Label) ->
    or_nil([{test_heap, ?MATCH_STATE, 0}, {test, bs_start_match3, {f, Label}, 0, [{y, From}], {x, 0}},
            {move, {x, 0}, {y, ?MATCH}}], ?MATCH, Label);
code([take, To, Bits], _, Label) ->
    or_nil(matching(Label) ++
               [{test, bs_get_binary2, {f, Label}, 1, [{x, 0}, {integer, Bits}, 1, {field_flags, []}], {x, 0}},
                {move, {x, 0}, {y, To}}], To, Label);
code([tail, To], _, Label) ->
    or_nil(matching(Label) ++ [{bs_get_tail, {x, 0}, {x, 0}, 1}, {move, {x, 0}, {y, To}}], To, Label);
code([map, To, Keys], _, _) ->
    Pairs = [{Key, Key} || Key <- lists:seq(1, Keys)],
    [{test_heap, erts_debug:flat_size(maps:from_list(Pairs)) + ?SLACK, 0}, {move, {literal, Pairs}, {x, 0}},
     {call_ext, 1, {extfunc, maps, from_list, 1}}, {move, {x, 0}, {y, To}}];
code([copy, To, From], _, _) -> [{move, {y, From}, {y, To}}];
code([drop, Slot], _, _) -> [{move, nil, {y, Slot}}];
code([put, Key, From], _, _) ->  % {Key, Value}: 3 words
    [{test_heap, 3, 0}, {move, {integer, Key}, {x, 0}}, {move, {y, From}, {x, 1}},
     {call_ext, 2, {extfunc, erlang, put, 2}}];
code([function, To | From], _, _) ->  % an environment in a fun that is never called
    [{test_heap, {alloc, [{words, length(From)}, {floats, 0}, {funs, 1}]}, 0},
     {make_fun3, {f, captured_label(length(From))}, 0, 0, {x, 0}, {list, [{y, I} || I <- From]}},
     {move, {x, 0}, {y, To}}];
code([binary, To, Bytes], _, _) ->  % of any contents
    [{test_heap, 2 + (Bytes + 7) div 8 + ?SLACK, 0}, {bs_init2, {f, 0}, Bytes, 0, 0, {field_flags, []}, {x, 0}},
     {move, {x, 0}, {y, To}}];
code([payload, To, Bytes], _, _) ->
    [{test_heap, 6 + ?SLACK, 0}, {bs_init2, {f, 0}, Bytes, 0, 0, {field_flags, []}, {x, 0}}, {move, {x, 0}, {y, To}}];
code([post, From], _, _) -> [{bif, self, {f, 0}, [], {x, 0}}, {move, {y, From}, {x, 1}}, send];
code(['receive', To], _, Label) ->
    [{loop_rec, {f, Label}, {x, 0}}, remove_message, {move, {x, 0}, {y, To}}, {jump, {f, Label + 1}},
     {label, Label}, timeout, {move, nil, {y, To}}, {label, Label + 1}];
code([hibernate, Slot], _, _) ->  % with the argument list [Value], in the place of the value
    {hibernate, [{test_heap, 2, 0}, {put_list, {y, Slot}, nil, {y, Slot}}], Slot};
code([look, To, Key], _, _) ->
    [{move, {integer, Key}, {x, 0}}, {move, nil, {x, 1}}, {call_ext, 2, {extfunc, persistent_term, get, 2}},
     {move, {x, 0}, {y, To}}];
code([publish, Key, From], _, _) ->
    [{move, {integer, Key}, {x, 0}}, {move, {y, From}, {x, 1}}, {call_ext, 2, {extfunc, persistent_term, put, 2}}];
code([store, Key, From], _, _) ->  % {Key, Value}: 3 words
    [{test_heap, 3, 0}, {put_tuple2, {x, 1}, {list, [{integer, Key}, {y, From}]}}, {move, {atom, ?TABLE}, {x, 0}},
     {call_ext, 2, {extfunc, ets, insert, 2}}];
code([fetch, To, Key], _, Label) ->
    or_nil([{move, {atom, ?TABLE}, {x, 0}}, {move, {integer, Key}, {x, 1}}, {call_ext, 2, {extfunc, ets, member, 2}},
            {test, is_eq_exact, {f, Label}, [{x, 0}, {atom, true}]},
            {move, {atom, ?TABLE}, {x, 0}}, {move, {integer, Key}, {x, 1}}, {move, {integer, 2}, {x, 2}},
            {call_ext, 3, {extfunc, ets, lookup_element, 3}}, {move, {x, 0}, {y, To}}], To, Label);
code([erase, Key], _, _) -> [{move, {integer, Key}, {x, 0}}, {call_ext, 1, {extfunc, erlang, erase, 1}}];
code(_, _, _) -> none.

%% Continues with the match state, which is the result of matching a match state.
matching(Label) ->
    [{test_heap, ?TAKEN, 0}, {test, bs_start_match3, {f, Label}, 0, [{y, ?MATCH}], {x, 0}}].

%% Jumping to Label results in [] instead.
or_nil(Code, To, Label) ->
    Code ++ [{jump, {f, Label + 1}}, {label, Label}, {move, nil, {y, To}}, {label, Label + 1}].
