"""scaling.py PURGEBENCH INVOCATIONS FOLDER: what scripts/scaling prints; FOLDER is for its files.

Exit 1 when work or instructions per process differ by more than 5% between 1,000 and 100,000
processes, or a slope is over 1.15; 2 when that cannot be found out; 3 when it cannot be written.
"""

import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys

WORK_COUNTS = [1_000, 10_000, 100_000]
TIME_COUNTS = [10_000, 100_000, 1_000_000]
WORK = ["scanned_words", "copied_literal_words", "temp_copied_words", "allocations", "reserved_after"]
TIMES = ["spawn_ns", "purge_ns", "teardown_ns", "lines_ns"]
# Functions whose instructions are counted, including their callees. A process is torn down by its
# destructor.
FUNCTIONS = {
    "spawn": "bench::cells::Scenario::spawn_all()",
    "purge": "beam::Node::purge(",
    "teardown": "beam::Process::free_heaps()",
}
MOST_APART = 0.05
MOST_SLOPE = 1.15
# Literals of one size, so that all holders hold the same amount: 35 records of 28 words.
AREA_WORDS = 980


def stop(sentence, status=2):
    print("purgebench: " + sentence, file=sys.stderr)
    sys.exit(status)


def show(text):
    try:
        print(text, flush=True)
    except OSError as error:
        sys.stdout = None  # or it would be tried again at the end
        stop(f"cannot write the output: {error.strerror}", 3)


def rows_of(program, processes, invocations, folder):
    """The rows of `processes` processes, run in `invocations` children."""
    out = os.path.join(folder, str(processes))
    command = [program, "run", "--json", "--out", out, "--settle", "0", "--rounds", "1"]
    command += ["--area-words", str(AREA_WORDS), "--invocations", str(invocations)]
    command += ["--holders", str(processes // 10), "--bystanders", str(processes - processes // 10)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        stop(f"a run of {processes} processes failed: {ran.stderr.strip()}")
    rows = json.loads(ran.stdout)["benchmarks"]
    shutil.rmtree(out)
    return [row for row in rows if row["run_type"] == "iteration"]


def instructions_of(program, row, folder):
    """Instructions of each of FUNCTIONS in the cell of this row."""
    out = os.path.join(folder, "callgrind.out")
    spec = dict(row, settle_ms=[0], literal_space_bytes=1 << 30)
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=" + out, program, "cell", "1"]
    ran = subprocess.run(command + [json.dumps(spec)], capture_output=True, text=True, check=False)
    if ran.returncode != 0 or json.loads(ran.stdout or "{}").get("failed", True):
        stop(f"a cell failed below valgrind: {ran.stdout.strip()[:300]} {ran.stderr.strip()[-300:]}")
    listing = subprocess.run(
        ["callgrind_annotate", "--inclusive=yes", "--threshold=100", out],
        capture_output=True, text=True, check=True).stdout
    found = {}
    for name, function in FUNCTIONS.items():
        at = re.search(r"^ *([\d,]+) .*" + re.escape(":" + function), listing, re.MULTILINE)
        if at is None:
            stop(f"callgrind saw no call of {function}")
        found[name] = int(at.group(1).replace(",", ""))
    return found


def print_line(label, cells, verdict):
    show(f"{label:<24}" + "".join(f"{cell:>14}" for cell in cells) + f"  {verdict}")


def print_work(program, folder):
    """The table of deterministic work; whether all of it is flat."""
    values = {}
    for count in WORK_COUNTS:
        row = rows_of(program, count, 1, folder)[0]
        for key in WORK:
            values.setdefault(key.replace("_", " "), []).append(row[key] / count)
        for name, counted in instructions_of(program, row, folder).items():
            values.setdefault(name + " instructions", []).append(counted / count)
    print_line("per process", [f"{count:,}" for count in WORK_COUNTS], "apart")
    flat = True
    for name, each in values.items():
        apart = max(each) / min(each) - 1
        flat = flat and apart <= MOST_APART
        print_line(name, [f"{value:,.2f}" for value in each], f"{apart:.2%}")
    return flat


def print_times(program, invocations, folder):
    """The table of times; whether their slopes are small enough."""
    samples = {key: {count: [] for count in TIME_COUNTS} for key in TIMES}
    for _ in range(invocations):
        for count in TIME_COUNTS:
            for row in rows_of(program, count, 1, folder):
                for key in TIMES:
                    samples[key][count].append(row[key] / count)
    # statistics.median is `median` of bench/stats/order_statistics.hpp: of an even number the mean of the middle two.
    print(f"times: medians of {invocations} interleaved runs; slope: the median of the runs', with the least and the most")
    print_line("ns per process", [f"{count:,}" for count in TIME_COUNTS], "slope (least, most)")
    good = True
    for key in TIMES:
        each = [samples[key][count] for count in TIME_COUNTS]
        decades = math.log10(TIME_COUNTS[-1] / TIME_COUNTS[0])
        slopes = [1 + math.log10(last / first) / decades for first, last in zip(each[0], each[-1])]
        slope = statistics.median(slopes)
        good = good and (key == "lines_ns" or slope <= MOST_SLOPE)
        label = "one line of each" if key == "lines_ns" else key.removesuffix("_ns")
        medians = [f"{statistics.median(values):,.1f}" for values in each]
        print_line(label, medians, f"{slope:.3f} ({min(slopes):.3f}, {max(slopes):.3f})")
    return good


def main():
    program, invocations, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    if sys.stdout is None:
        stop("cannot write the output: it is closed", 3)
    flat = print_work(program, folder)
    show("")
    good = print_times(program, invocations, folder)
    if not flat:
        show(f"\nwork or instructions per process differ by more than {MOST_APART:.0%}")
    if not good:
        show(f"\na slope is over {MOST_SLOPE}")
    sys.exit(0 if flat and good else 1)


main()
