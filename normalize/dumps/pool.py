"""Batches through worker processes, results in the order of the batches.

Each worker has a pipe of its own and answers its batches in order, so it is always known what a dead worker was at: that
batch is tried once more by another. While it is at work the next batch waits in its pipe, so that it need not wait for one.
Batches are read ahead while all workers are at work. What is under way or waits for its turn is bounded, and so is the
memory.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, Generic, Protocol, TypeVar, cast

from .errors import DumpError
from .record import Batch

PIPE_BYTES = 1 << 20  # the most that Linux allows everybody
UNUSED_BYTES = 1 << 14  # of a pipe that are not counted on: it is filled by pages, and a message has a head; a choice
APART_BYTES = 1 << 16  # of bytes that are sent beside what has them, a choice: fewer are copied sooner
WINDOW_BYTES = 64_000_000  # of batches handed out and not yet written, a choice; a single larger batch is let through


class Numbered(Protocol):
    """A result of a task, which has the number of its batch."""

    @property
    def number(self) -> int: ...


Result = TypeVar("Result", bound=Numbered)
Task = Callable[[Batch], Result]

log = logging.getLogger(__name__)

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]


def results(
    task: Task[Result], batches: Iterable[Batch], jobs: int, prepare: Callable[[], None] = lambda: None
) -> Iterator[Result]:
    """Yield the result of `task` for each batch, in order; with one job from this process, else from `jobs` others.

    prepare: reads what the task needs. It is called before others are forked, which share that memory then.
    Raises DumpError where a batch's worker died twice, and whatever `task` raises.
    """
    if jobs == 1:
        for number, batch in enumerate(batches):
            yield task(batch)
            if number == 0:
                _freeze_garbage_collector()
        return
    if _forks():
        prepare()
        gc.freeze()  # a collection would write to the memory that is shared, and so copy it
    pool = _Pool(task, jobs)
    try:
        yield from pool.run(iter(batches))
    finally:
        pool.stop()


def _freeze_garbage_collector() -> None:
    """Leave the dictionaries, read for the first batch, out of garbage collections, and make these rare.

    Batches leave next to no cycles. Only memos grow, which a collection goes over in vain; they are bounded, too.
    """
    gc.freeze()
    gc.set_threshold(500_000, 20, 100)


def _forks() -> bool:
    """Whether other processes begin as copies of this one."""
    import multiprocessing  # a run with one job needs none of it

    return multiprocessing.get_start_method() == "fork"


def cores() -> int:
    """Count the processors that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Worker:
    """A process, the pipe to it and the one from it."""

    def __init__(self, task: Task[Any], siblings: Iterable[_Worker]) -> None:
        import multiprocessing

        batches, self.batches = _pipe()
        self.answers, answers = _pipe()
        inherited = [end for worker in (self, *siblings) for end in (worker.batches, worker.answers)] if _forks() else []
        self.process = multiprocessing.Process(target=_serve, args=(batches, answers, task, inherited), daemon=True)
        self.process.start()
        batches.close()
        answers.close()  # so that our end tells when the worker dies
        self.given: deque[Batch] = deque()  # the batch that it is at, and one that waits in its pipe
        self.room = _room(self.batches)  # bytes of a message that can wait there

    def close(self) -> None:
        """Close our ends of the pipes."""
        self.batches.close()
        self.answers.close()


def _pipe() -> tuple[Any, Any]:
    """Make a pipe, the end to be read first, that holds a batch where that can be had: who writes need not wait."""
    import multiprocessing

    pipe = multiprocessing.Pipe(duplex=False)
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):  # a user may have so many bytes in pipes
            fcntl.fcntl(pipe[1].fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return pipe


def _room(end: Any) -> int:
    """Count the bytes of a message that a pipe holds for sure; 0 where the system does not say."""
    if not hasattr(fcntl, "F_GETPIPE_SZ"):
        return 0
    return max(0, fcntl.fcntl(end.fileno(), fcntl.F_GETPIPE_SZ) - UNUSED_BYTES)


class _Pickler(pickle.Pickler):
    """Pickles all but the large bytes of named tuples, which are handed to `buffer_callback` as they lie."""

    def reducer_override(self, value: Any) -> Any:
        if not (isinstance(value, tuple) and hasattr(value, "_fields")):
            return NotImplemented
        return type(value), tuple([pickle.PickleBuffer(field) if _is_large(field) else field for field in value])


def _is_large(value: object) -> bool:
    return isinstance(value, bytes) and len(value) >= APART_BYTES


def _parts(value: object) -> list[memoryview]:
    """A message as it is sent: a pickle, and the large bytes that it lacks. A megabyte is not copied to be sent."""
    head = io.BytesIO()
    apart: list[pickle.PickleBuffer] = []
    _Pickler(head, pickle.HIGHEST_PROTOCOL, buffer_callback=apart.append).dump(value)
    return [head.getbuffer(), *(part.raw() for part in apart)]


def _send(end: Any, parts: Iterable[memoryview]) -> None:
    for part in parts:
        end.send_bytes(part)


def _received(end: Any) -> Any:
    """The next message of a pipe; its pickle asks for what it lacks."""
    return pickle.loads(end.recv_bytes(), buffers=iter(end.recv_bytes, None))


class _Pool(Generic[Result]):
    def __init__(self, task: Task[Result], jobs: int) -> None:
        self.task, self.jobs = task, jobs
        self.workers: list[_Worker] = []
        self.waiting: deque[Batch] = deque()  # read while all workers are at work, so that none has to wait for it
        self.tried: set[int] = set()  # the numbers of batches whose worker died once

    def run(self, batches: Iterator[Batch]) -> Iterator[Result]:
        from multiprocessing import connection

        done: dict[int, Result] = {}
        sizes: dict[int, int] = {}  # of the batches that are out, or wait
        turn: int | None = None  # the number of the batch to hand back next
        is_read = False  # whether there are no more batches
        while True:
            if reads := not is_read and self._has_room(sizes):
                batch = next(batches, None)
                is_read = batch is None
                if batch is not None:
                    turn = batch.number if turn is None else turn
                    sizes[batch.number] = len(batch.piece.data)
                    self.waiting.append(batch)
            self._hand_out()
            busy: dict[Any, _Worker] = {worker.answers: worker for worker in self.workers if worker.given}
            if not busy and is_read:
                return
            for pipe in connection.wait(list(busy), timeout=0 if reads else None):
                result = self._receive(busy[pipe])
                self._hand_out()  # before anything is done about the result
                if result is not None:
                    done[result.number] = result
            while turn in done:
                sizes.pop(turn)
                yield done.pop(turn)
                turn += 1

    def stop(self) -> None:
        """End all workers at once; they own nothing that could be left half done."""
        for worker in self.workers:
            worker.close()
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
        self.workers = []

    def _has_room(self, sizes: dict[int, int]) -> bool:
        """Whether a batch can be read: as many may wait as there are workers, and not too much is under way."""
        under_way = len(sizes) < 3 * self.jobs + 2 and sum(sizes.values()) < WINDOW_BYTES
        return not sizes or (len(self.waiting) < self.jobs and under_way)

    def _hand_out(self) -> None:
        """Give the batches that wait to workers that are free, or may be hired, or have room for one more in their pipe."""
        while self.waiting and (worker := self._idle() or self._roomy()):
            batch = self.waiting.popleft()
            parts = _parts(batch)
            if worker.given and sum(map(len, parts)) > worker.room:  # to send it would take until the worker reads it
                self.waiting.appendleft(batch)
                return
            worker.given.append(batch)
            try:
                _send(worker.batches, parts)
            except OSError:
                self._replace_dead(worker)

    def _idle(self) -> _Worker | None:
        for worker in self.workers:
            if not worker.given:
                return worker
        if len(self.workers) == self.jobs:
            return None
        worker = _Worker(self.task, self.workers)
        self.workers.append(worker)
        return worker

    def _roomy(self) -> _Worker | None:
        """A worker with one batch, in whose pipe the next can wait; none for the last, which go to who is free first."""
        if len(self.waiting) < self.jobs:
            return None
        size = len(self.waiting[0].piece.data)
        return next((worker for worker in self.workers if len(worker.given) == 1 and size < worker.room), None)

    def _receive(self, worker: _Worker) -> Result | None:
        """Take a worker's result, or None where it died; raises what the task raised."""
        try:
            result: Any = _received(worker.answers)
        except (EOFError, OSError):
            self._replace_dead(worker)
            return None
        worker.given.popleft()
        if isinstance(result, BaseException):
            raise result
        return cast(Result, result)

    def _replace_dead(self, worker: _Worker) -> None:
        """Remove a worker that died, and try its batch again, once."""
        worker.process.join()
        worker.close()
        self.workers.remove(worker)
        batch, *others = worker.given
        where = f"records {batch.place()} of input {batch.source + 1}"
        if batch.number in self.tried:
            raise DumpError(f"two worker processes died ({_cause(worker.process.exitcode)}) at {where}", resumable=True)
        log.warning("a worker process died (%s) at %s: trying again", _cause(worker.process.exitcode), where)
        self.tried.add(batch.number)
        self.waiting.extendleft((*reversed(others), batch))


def _serve(batches: Any, answers: Any, task: Task[Any], inherited: Iterable[Any]) -> None:
    """Answer batches, as a worker, until their pipe is closed, or the main process dies.

    inherited: the main process's ends of pipes; held open here, they would hide that.
    """
    for end in inherited:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes: the main one decides
    if hasattr(signal, "SIGHUP"):  # and so does the end of a terminal
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    fresh = True
    while True:
        try:
            batch = _received(batches)
        except (EOFError, OSError):
            return
        try:
            answer: object = task(batch)
        except Exception as error:
            error.add_note(f"at records {batch.place()} of input {batch.source + 1}")
            answer = error
        if fresh:
            _freeze_garbage_collector()
            fresh = False
        try:
            _send(answers, _parts(answer))
        except OSError:
            return


def _cause(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        name = signal.Signals(-exit_code).name
        return f"{name}, perhaps out of memory" if name == "SIGKILL" else name
    return f"exit code {exit_code}"
