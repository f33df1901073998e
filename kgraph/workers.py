"""Tasks done in this process, or in several.

A worker process that dies (out of memory, a crash in native code) loses no task but the one that killed it, and worker
processes end when this one does, however it ends.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import Any, Self, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class Died(Exception):
    """The process that did a task died of it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    work: Callable[[Any], Any]
    task: Any
    done: Callable[[Any], None]


class Workers:
    """Does tasks. Functions, tasks and results travel between processes and must pickle.

    A task is given with what is to happen in this process with its result, or with `Died`: `step` does that, in the
    order in which tasks end. What `work` raises, `step` raises.
    """

    def __init__(self, processes: int = 1) -> None:
        self.processes = processes
        self._waiting: deque[_Task] = deque()
        self._running: dict[Future[Any], _Task] = {}
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def busy(self) -> bool:
        """Whether there is work enough for now."""
        return len(self._waiting) + len(self._running) >= (1 if self.processes == 1 else 4 * self.processes)

    @property
    def idle(self) -> bool:
        return not self._waiting and not self._running

    def submit(self, work: Callable[[Task], Result], task: Task, done: Callable[[Result | Died], None]) -> None:
        self._waiting.append(_Task(work, task, done))

    def step(self) -> None:
        """Waits until a task has ended, and says so."""
        if self.processes == 1:
            task = self._waiting.popleft()
            task.done(task.work(task.task))
            return
        broken = self._submit()
        ended = wait(self._running, return_when=FIRST_COMPLETED).done if not broken else ()
        for future in ended:
            try:
                result = future.result()
            except BrokenProcessPool:
                broken = True
                break
            self._running.pop(future).done(result)
        if broken:
            self._one_by_one()

    def _submit(self) -> bool:
        """Hands waiting tasks to the processes; whether one of those is found dead."""
        if self._pool is None:
            self._pool = _pool(self.processes)
        while self._waiting:
            task = self._waiting[0]
            try:
                self._running[self._pool.submit(task.work, task.task)] = task
            except BrokenProcessPool:
                return True
            self._waiting.popleft()
        return False

    def _one_by_one(self) -> None:
        """A process has died and taken the pool with it. Which task it was at is not known: each is tried alone."""
        assert self._pool is not None
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None
        tried, self._running = self._running, {}
        for future, task in tried.items():
            if not future.cancelled() and not isinstance(future.exception(), BrokenProcessPool):
                task.done(future.result())
                continue
            with _pool(1) as alone:
                try:
                    result = alone.submit(task.work, task.task).result()
                except BrokenProcessPool:
                    result = Died()
            task.done(result)


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, get_context("spawn"), initializer=_begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its workers
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # Without this, workers of a killed process wait for ever (https://github.com/python/cpython/issues/111873).
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
