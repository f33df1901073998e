"""How long the HTML page takes, by number of entities: to make, to show its first picture, and to answer.

    python -m tests.benchmarks.page [ENTITIES...]        (default 1000 5000 20000)

Graphs are made up (`tests.benchmarks.made_up`). The browser is a headless Chromium that draws by software, without a
graphics card: a real one is faster. Times in the browser are medians of three. Two are of the processor alone, so that
they hold on a busy machine too: `make`, and `script`, what the page's own thread computes up to the first picture.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kgraph.export import html
from kgraph.graph import Graph
from kgraph.ontology import load_ontology
from tests.benchmarks.made_up import made_up_graph
from tests.export.browser import browser, open_page

# Each ends when the browser has drawn the frame that shows the answer.
_DRAWN = "await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));"
_ACTIONS = {
    "choose s": "page.go(page.graph.entities.find((entity) => entity.lines.length > 3));",
    "filter s": "page.filters.set({ from: page.filters.firstYear + 5 });",
    "search s": "page.search.input.value = 'ash'; page.search.find();",
}


def main(sizes: list[int]) -> None:
    columns = ("entities", "lines", "make s", "MB", "first picture s", "script s", *_ACTIONS, "heap MB")
    print("  ".join(f"{name:>15}" for name in columns))
    for size in sizes:
        graph = made_up_graph(size)
        begun = time.process_time()
        page = b"".join(html.render(graph, load_ontology()))
        made = time.process_time() - begun
        with tempfile.TemporaryDirectory() as folder, browser() as driver:
            path = Path(folder) / "page.html"
            path.write_bytes(page)
            driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
            first = median(lambda: first_picture(driver, path))  # noqa: B023
            script = main_thread(driver)
            lines = driver.execute_script("return page.graph.lines.length")
            actions = [median(lambda: timed(driver, action)) for action in _ACTIONS.values()]  # noqa: B023
            heap = driver.execute_script("return performance.memory.usedJSHeapSize") / 1e6
        row = (f"{entities(graph)}", f"{lines}", made, len(page) / 1e6, first, script, *actions, heap)
        print("  ".join(f"{cell if isinstance(cell, str) else format(cell, '.2f'):>15}" for cell in row), flush=True)


def entities(graph: Graph) -> int:
    return sum("/fact/" not in node.iri for node in graph.nodes)


def median(measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(3))


def first_picture(driver: Any, path: Path) -> float:
    """Seconds from opening the file to the end of the first frame with the picture."""
    open_page(driver, path)
    for _ in range(1200):
        marks = driver.execute_script("return performance.getEntriesByName('picture').map((mark) => mark.startTime)")
        if marks:
            return float(marks[0]) / 1000
        time.sleep(0.05)
    raise TimeoutError(f"no picture of {path} within a minute")


def main_thread(driver: Any) -> float:
    """Processor seconds of the page's own thread since it was opened."""
    metrics = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))


def timed(driver: Any, action: str) -> float:
    script = f"const begun = performance.now(); {action} {_DRAWN} return performance.now() - begun;"
    milliseconds = driver.execute_async_script(
        f"const done = arguments[0]; (async () => {{ {script} }})().then(done, (error) => done(String(error)));"
    )
    driver.execute_script("page.go(null); page.filters.reset(); page.filters.show(); page.filtered();")
    return float(milliseconds) / 1000


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1000, 5000, 20000])
