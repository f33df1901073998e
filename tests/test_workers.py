"""Tasks in processes: that a dying one costs one task, and that none outlives its parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgraph.workers import Died, Workers

ROOT = Path(__file__).parents[1]


def double(number):
    return 2 * number


def die_of_three(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def refuse(number):
    raise ValueError(f"no {number} here")


def results(work, tasks, processes):
    found = {}
    with Workers(processes) as workers:
        for task in tasks:
            workers.submit(work, task, lambda result, task=task: found.update({task: result}))
        while not workers.idle:
            workers.step()
    return found


@pytest.mark.parametrize("processes", [1, 2])
def test_every_task_gives_its_result(processes):
    assert results(double, range(9), processes) == {n: 2 * n for n in range(9)}


def test_a_task_that_kills_its_process_is_the_only_one_lost():
    found = results(die_of_three, range(7), 2)
    assert isinstance(found.pop(3), Died)
    assert found == {n: n for n in range(7) if n != 3}


@pytest.mark.parametrize("processes", [1, 2])
def test_what_a_task_raises_is_raised_here(processes):
    with pytest.raises(ValueError, match="no 1 here"):
        results(refuse, [1], processes)


PARENT = """
import os, sys, time
from kgraph.workers import Workers

def say_who(file):
    open(file, "a").write(f"{os.getpid()} ")
    time.sleep(60)

if __name__ == "__main__":
    with Workers(2) as workers:
        for _ in range(2):
            workers.submit(say_who, sys.argv[1], print)
        workers.step()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_workers_end_with_a_parent_that_is_killed(tmp_path):
    (tmp_path / "parent.py").write_text(PARENT)
    file = tmp_path / "pids"
    parent = subprocess.Popen(
        [sys.executable, tmp_path / "parent.py", file], env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    until(lambda: file.exists() and len(file.read_text().split()) == 2)
    parent.kill()
    parent.wait()
    until(lambda: not any(map(alive, map(int, file.read_text().split()))))


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process that has ended but whom nobody has asked about is still listed.
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def until(happens, seconds=30):
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
