"""Clean a dump in every format, plain and compressed, on one core and on two, undo it again; write reports/FORMATS.md.

    python benchmarks/formats.py news.jsonl [--part 10] [--large 3000]

The dump is JSON lines with "text" in them. What is made of it, in a folder for temporary files: all of it in the formats
that are fast to read and write, every `--part`-th record in the others. A run only counts when the equation of its records
balances, when two processes write the bytes of one, when `undo` gives the input back (byte for byte where the format stays,
else every text) and `apply` the output. With `--large`, so many MB of the dump over and over are cleaned, and the memory of
all processes is watched while that goes on.
"""

from __future__ import annotations

import argparse
import csv
import filecmp
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import machine
import pyarrow as pa
import pyarrow.parquet as pq
from xopen import xopen

HOW = """Every run wrote as many records as it read; two processes wrote the
bytes of one; `undo` gave the input back (byte for byte where the format stays, every text where it does not), and `apply`
the output. All wrote a log of edits. MB are 10^6 bytes of UTF-8 text; MB/s go by the wall clock, starting up included, and
by the CPU time (user and system) of all processes; memory is the most that a process had resident, the dictionaries that
all processes share counted in each. Where the load was above 0, others took their part of the time by the wall clock.
"""
CASES = (  # input and output; a star where the whole dump is taken
    ("*jsonl", "jsonl"),
    ("*jsonl.zst", "jsonl.zst"),
    ("*csv", "csv"),
    ("*parquet", "parquet"),
    ("tsv", "tsv"),
    ("jsonl.gz", "jsonl.gz"),
    ("jsonl.bz2", "jsonl.bz2"),
    ("jsonl.xz", "jsonl.xz"),
    ("csv.zst", "csv.gz"),
    ("lines.txt", "lines.txt"),
    ("lines.txt.zst", "lines.txt.zst"),
    ("documents/", "documents/"),
    ("jsonl.zst", "parquet"),
    ("parquet", "jsonl.zst"),
    ("jsonl", "csv"),
    ("csv", "jsonl"),
    ("csv", "parquet"),
    ("parquet", "tsv"),
    ("lines.txt", "jsonl"),
)
LOGS = ("edits.jsonl", "edits.jsonl.zst", "edits.parquet", "edits.dolma.jsonl.gz")


class Turn(NamedTuple):
    """What a run took."""

    wall: float  # seconds
    cpu: float  # seconds, of all processes
    parent: float  # MB
    worker: float  # MB, of the largest
    messages: str  # on standard error


class Memory(threading.Thread):
    """Watches what a process and its children have resident until it ends."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.began = pid, time.monotonic()
        self.peaks: dict[int, float] = {}
        self.series: list[tuple[float, float, float]] = []  # seconds, MB of the parent, MB of the largest worker

    def run(self) -> None:
        while parent := self._resident(self.pid):
            worker = max(map(self._resident, self._children()), default=0.0)
            self.series.append((time.monotonic() - self.began, parent, worker))
            time.sleep(0.02)

    def _children(self) -> list[int]:
        try:
            return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]
        except OSError:
            return []

    def _resident(self, pid: int) -> float:
        """MB; 0 where it is over."""
        try:
            status = dict(re.findall(r"(VmHWM|VmRSS):\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text()))
        except OSError:
            return 0.0
        if "VmRSS" not in status:
            return 0.0
        self.peaks[pid] = int(status["VmHWM"]) * 1024 / 1e6
        return int(status["VmRSS"]) * 1024 / 1e6


def run(*arguments: object) -> tuple[Turn, Memory]:
    """Run `normalize`; raises CalledProcessError where it fails."""
    command = [sys.executable, "-m", "normalize", *map(str, arguments), "--isolated"]
    with tempfile.TemporaryFile() as stderr:
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=stderr) as process:
            memory = Memory(process.pid)
            memory.start()
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        memory.join(1)
        stderr.seek(0)
        messages = stderr.read().decode()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=messages)
    workers = [peak for pid, peak in memory.peaks.items() if pid != process.pid]
    parent = memory.peaks[process.pid]
    return Turn(wall, used.ru_utime + used.ru_stime, parent, max(workers, default=0.0), messages), memory


def records(messages: str) -> int:
    """How many records a run wrote; raises ValueError where its equation does not balance, or records are missing."""
    equation = re.search(r"^([\d,]+) in = ([\d,]+) out \+ 0 rejected$", messages, re.M)
    if not equation or equation[1] != equation[2]:
        raise ValueError(messages)
    return int(equation[1].replace(",", ""))


def make(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    """Write records in the format that the name tells."""
    name = path.name.partition(".")[2]
    if path.suffix == "":
        path.mkdir()
        for i, row in enumerate(rows):
            (path / f"{i:06}.txt").write_bytes(row["text"].encode())
    elif name == "parquet":
        pq.write_table(pa.Table.from_pylist(list(rows)), path, row_group_size=5000, compression="zstd")
    else:
        with xopen(path, "wt", encoding="utf-8", newline="", threads=0) as file:
            if "txt" in name:
                file.writelines(" ".join(row["text"].splitlines()) + "\n" for row in rows)
            elif "jsonl" in name:
                file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            else:
                table = csv.writer(file, delimiter="\t" if "tsv" in name else ",", lineterminator="\n")
                table.writerow(rows[0])
                table.writerows(row.values() for row in rows)
    return path


def texts(path: Path) -> Iterator[str | None]:
    """The texts of a file, or of the files of a folder, read by other means than ours."""
    if path.is_dir():
        for file in sorted(path.iterdir()):
            yield file.read_bytes().decode()
    elif path.suffix == ".parquet":
        yield from pq.read_table(path, columns=["text"])["text"].to_pylist()
    else:
        with xopen(path, "rt", encoding="utf-8", newline="", threads=0) as file:
            if ".jsonl" in path.name:
                yield from (json.loads(line)["text"] for line in file)
            elif ".txt" in path.name:
                yield from file
            else:
                csv.field_size_limit(1 << 30)
                yield from (row["text"] for row in csv.DictReader(file, delimiter="\t" if ".tsv" in path.name else ","))


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files hold the same, decompressed; of folders, all files."""
    if one.is_dir():
        names = sorted(file.name for file in one.iterdir())
        return names == sorted(file.name for file in other.iterdir()) and not any(
            filecmp.cmpfiles(one, other, names, shallow=False)[1:]
        )
    if one.suffix == ".parquet":
        first, second = pq.ParquetFile(one), pq.ParquetFile(other)
        groups = [[file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)] for file in (first, second)]
        return groups[0] == groups[1] and first.read().equals(second.read(), check_metadata=True)
    with xopen(one, "rb", threads=0) as a, xopen(other, "rb", threads=0) as b:
        while (piece := a.read(1 << 20)) == b.read(1 << 20):
            if not piece:
                return True
    return False


def case(source: Path, out: str, folder: Path) -> dict[str, Any]:
    """Clean, undo, apply; the figures. Raises ValueError where anything is not as it was."""
    lines = ["--lines"] if source.name.startswith(("part.lines", "dump.lines")) else []
    log = folder / "edits.jsonl"
    turns = []
    for jobs in (1, 2):
        target = folder / f"out{jobs}.{out}"
        turns.append(
            run("clean", source, "-o", f"{target}/" if source.is_dir() else target, "--edits", log, "-j", jobs, *lines)[0]
        )
    written, again = (folder / f"out{jobs}.{out}" for jobs in (1, 2))
    stays = same_bytes(written, again) if source.is_dir() or out == "parquet" else filecmp.cmp(written, again, False)
    # The log names the output that it was written with: the second.
    back, replayed = folder / f"back.{out}", folder / f"replayed.{out}"
    slash = "/" if source.is_dir() else ""
    undoing = run("undo", again, "-o", f"{back}{slash}", "--edits", log, *lines)[0]
    applying = run("apply", source, "-o", f"{replayed}{slash}", "--edits", log, *lines)[0]
    restored = same_bytes(source, back) if source.name.partition(".")[2] == out or source.is_dir() else True
    if not stays or not restored or not same_bytes(written, replayed):
        raise ValueError(f"{source} to {out}: {stays=} {restored=}")
    if not all(a.rstrip("\n") == b.rstrip("\n") for a, b in zip(texts(source), texts(back), strict=True) if a and b):
        raise ValueError(f"{source} to {out}: the texts are not what they were")
    counts = {records(turn.messages) for turn in (*turns, undoing, applying)}
    size = sum(len(text.encode()) for text in texts(source) if text) / 1e6
    figures = [turn._replace(messages="") for turn in turns]
    return {
        "records": counts.pop(),
        "size": size,
        "turns": figures,
        "undo": undoing.cpu,
        "apply": applying.cpu,
        "others": counts,
    }


def logs(source: Path, folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """A run with each form of the log, and without; what the log takes, and what its undoing does."""
    for name in ("", *LOGS):
        log = folder / name
        form = ["--edits-format", "dolma"] if "dolma" in name else []
        out = folder / "out.jsonl"
        turn, _ = run("clean", source, "-o", out, *(["--edits", log, *form] if name else []))
        figures = {"cpu": turn.cpu, "memory": turn.parent, "size": log.stat().st_size / 1e6 if name else 0.0}
        if name and not form:
            undoing, _ = run("undo", out, "-o", folder / "back.jsonl", "--edits", log)
            if not filecmp.cmp(source, folder / "back.jsonl", shallow=False):
                raise ValueError(f"{name}: undoing it does not give the input")
            figures["undo"] = undoing.cpu
        yield name, figures


def large(dump: Path, megabytes: int, folder: Path) -> list[str]:
    """Clean the dump over and over with two processes, and tell their memory while that goes on."""
    data, times = dump.read_bytes(), max(1, round(megabytes * 1e6 / dump.stat().st_size))
    path, out = folder / "large.jsonl", folder / "large.out.jsonl"
    with path.open("wb") as file:
        for _ in range(times):
            file.write(data)
    turn, memory = run("clean", path, "-o", out, "-j", "2")
    count, size = records(turn.messages), path.stat().st_size / 1e6
    lines = [
        f"\n## A file of {size:,.0f} MB\n\nThe dump {times} times, with `-j 2`: {count:,} records, {turn.wall:,.0f} s, "
        f"{turn.cpu:,.0f} s of CPU time. MB resident at most in each tenth of the run:\n\n",
        "| of the run | parent | larger worker |\n|--:|--:|--:|\n",
    ]
    for tenth in range(10):
        part = [row for row in memory.series if tenth <= 10 * row[0] / turn.wall < tenth + 1]
        most = (f"{max((row[column] for row in part), default=0):.0f}" for column in (1, 2))
        lines.append(f"| {tenth + 1}0 % | {' | '.join(most)} |\n")
    return lines


def row(source: str, out: str, found: dict[str, Any]) -> str:
    """A line of the table."""
    (one, two), size = found["turns"], found["size"]
    speeds = (size / one.wall, size / one.cpu, size / two.wall, size / two.cpu)
    memory = (one.parent, two.parent, two.worker)
    figures = [f"{found['records']:,}", f"{size:.1f}", *(f"{speed:.2f}" for speed in speeds)]
    figures += [*(f"{size:.0f}" for size in memory), f"{found['undo']:.1f}", f"{found['apply']:.1f}"]
    return f"| {source} | {out} | {' | '.join(figures)} |\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", type=Path)
    parser.add_argument("--part", type=int, default=10, metavar="N")
    parser.add_argument("--large", type=int, metavar="MB")
    options = parser.parse_args()
    about = machine.described()
    rows = [json.loads(line) for line in options.dump.open("rb")]
    dump = f"{len(rows):,} records of {options.dump.name}"
    lines = [machine.head("Formats, memory, edit logs", "formats.py", about, f"the dump: {dump}", HOW)]
    lines += [
        "| from | to | records | MB | MB/s, -j 1 | of CPU time | MB/s, -j 2 | of CPU time | MB of memory, -j 1 | -j 2 "
        "| its larger worker | undo, s of CPU time | apply |\n|---|---|" + "--:|" * 11 + "\n"
    ]
    kept: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="normalize-") as name:
        folder = Path(name)
        for source, out in CASES:
            whole = source.startswith("*")
            stem = source.lstrip("*").rstrip("/")
            path = folder / ("documents" if source.endswith("/") else f"{'dump' if whole else 'part'}.{stem}")
            if not path.exists():
                make(path, rows if whole else rows[:: options.part])
            with tempfile.TemporaryDirectory(dir=folder) as place:
                found = kept[f"{source} to {out}"] = case(path, out.rstrip("/"), Path(place))
            if found.pop("others"):
                raise ValueError(f"{source} to {out}: not every run handled as many records")
            lines.append(row(stem, out.rstrip("/"), found))
            print(lines[-1], end="", file=sys.stderr, flush=True)
        part = make(folder / "logs.jsonl", rows[:: options.part])
        lines.append(
            "\n## Logs of edits\n\n| log | MB | s of CPU, clean | undo | MB of memory, clean |\n|---|--:|--:|--:|--:|\n"
        )
        for log, figures in logs(part, folder):
            kept[log or "no log"] = figures
            undone = f"{figures['undo']:.1f}" if "undo" in figures else ""
            lines.append(
                f"| {log or 'none'} | {figures['size']:.2f} | {figures['cpu']:.1f} | {undone} | {figures['memory']:.0f} |\n"
            )
        if options.large:
            lines += large(options.dump, options.large, folder)
    machine.write("FORMATS", "".join(lines), about, {"dump": dump, "figures": kept})


if __name__ == "__main__":
    main()
