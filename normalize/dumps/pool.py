"""Batches through worker processes, results in the order of the batches.

Each worker has a pipe of its own and one batch at a time, so it is always known what a dead worker was at: that
batch is tried once more by another. What is under way or waits for its turn is bounded, and so is the memory.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar

from .errors import DumpError
from .record import Batch

WINDOW_BYTES = 64_000_000  # of batches handed out and not yet written, a choice; a single larger batch is let through


class Numbered(Protocol):
    """A result of a task, which has the number of its batch."""

    @property
    def number(self) -> int: ...


Result = TypeVar("Result", bound=Numbered)
Task = Callable[[Batch], Result]

log = logging.getLogger(__name__)


def results(task: Task[Result], batches: Iterable[Batch], jobs: int) -> Iterator[Result]:
    """Yield the result of `task` for each batch, in order; with one job from this process, else from `jobs` others.

    Raises DumpError where a batch's worker died twice, and whatever `task` raises.
    """
    if jobs == 1:
        for number, batch in enumerate(batches):
            yield task(batch)
            if number == 0:
                _freeze_garbage_collector()
        return
    pool = _Pool(task, jobs)
    try:
        yield from pool.run(iter(batches))
    finally:
        pool.stop()


def _freeze_garbage_collector() -> None:
    """Leave the dictionaries, read for the first batch, out of garbage collections, and have next to none of these.

    Batches leave next to no cycles. Only memos grow, which a collection goes over in vain; they are bounded, too.
    """
    gc.freeze()
    gc.set_threshold(500_000, 20, 100)


def cores() -> int:
    """Count the processors that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Worker:
    """A process and the pipe to it."""

    def __init__(self, task: Task[Any], siblings: Iterable[_Worker]) -> None:
        import multiprocessing  # a run with one job needs none of it

        self.pipe, theirs = multiprocessing.Pipe()
        forked = multiprocessing.get_start_method() == "fork"
        inherited = [self.pipe, *(sibling.pipe for sibling in siblings)] if forked else []
        self.process = multiprocessing.Process(target=_serve, args=(theirs, task, inherited), daemon=True)
        self.process.start()
        theirs.close()  # so that our end tells when the worker dies
        self.batch: Batch | None = None


class _Pool(Generic[Result]):
    def __init__(self, task: Task[Result], jobs: int) -> None:
        self.task, self.jobs = task, jobs
        self.workers: list[_Worker] = []
        self.again: list[Batch] = []  # their worker died once
        self.tried: set[int] = set()

    def run(self, batches: Iterator[Batch]) -> Iterator[Result]:
        from multiprocessing import connection

        done: dict[int, Result] = {}
        sizes: dict[int, int] = {}  # of the batches that are out
        turn: int | None = None  # the number of the batch to hand back next
        while True:
            while self._has_room(sizes):
                batch = self.again.pop() if self.again else next(batches, None)
                if batch is None:
                    break
                turn = batch.number if turn is None else turn
                sizes[batch.number] = len(batch.piece.data)
                self._send(self._idle(), batch)
            busy: dict[Any, _Worker] = {worker.pipe: worker for worker in self.workers if worker.batch}
            if not busy:
                return
            for pipe in connection.wait(list(busy)):
                if result := self._receive(busy[pipe]):
                    done[result.number] = result
            while turn in done:
                sizes.pop(turn)
                yield done.pop(turn)
                turn += 1

    def stop(self) -> None:
        """End all workers, whatever they are at; they own nothing that could be left half done."""
        for worker in self.workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
        self.workers = []

    def _has_room(self, sizes: dict[int, int]) -> bool:
        """Whether a batch can be handed out: a worker is free, or may be hired, and not too much is under way."""
        if all(worker.batch for worker in self.workers) and len(self.workers) == self.jobs:
            return False
        return bool(self.again) or (len(sizes) < 2 * self.jobs + 2 and sum(sizes.values()) < WINDOW_BYTES)

    def _idle(self) -> _Worker:
        for worker in self.workers:
            if worker.batch is None:
                return worker
        worker = _Worker(self.task, self.workers)
        self.workers.append(worker)
        return worker

    def _send(self, worker: _Worker, batch: Batch) -> None:
        worker.batch = batch
        try:
            worker.pipe.send(batch)
        except OSError:
            self._replace_dead(worker)

    def _receive(self, worker: _Worker) -> Result | None:
        try:
            answer: Any = worker.pipe.recv()
        except (EOFError, OSError):
            self._replace_dead(worker)
            return None
        worker.batch = None
        if isinstance(answer, BaseException):
            raise answer
        result: Result = answer
        return result

    def _replace_dead(self, worker: _Worker) -> None:
        """Remove a worker that died, and try its batch again, once."""
        worker.process.join()
        worker.pipe.close()
        self.workers.remove(worker)
        batch = worker.batch
        assert batch
        where = f"records {batch.place()} of input {batch.source + 1}"
        if batch.number in self.tried:
            raise DumpError(f"two worker processes died ({_cause(worker.process.exitcode)}) at {where}", resumable=True)
        log.warning("a worker process died (%s) at %s: trying again", _cause(worker.process.exitcode), where)
        self.tried.add(batch.number)
        self.again.append(batch)


def _serve(pipe: Any, task: Task[Any], inherited: Iterable[Any]) -> None:
    """Answer batches, as a worker, until the pipe is closed, be it by the main process's death.

    inherited: the main process's ends of pipes; held open here, they would hide that.
    """
    for end in inherited:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes: the main one decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    fresh = True
    while True:
        try:
            batch = pipe.recv()
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
            pipe.send(answer)
        except OSError:
            return


def _cause(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        name = signal.Signals(-exit_code).name
        return f"{name}, perhaps out of memory" if name == "SIGKILL" else name
    return f"exit code {exit_code}"
