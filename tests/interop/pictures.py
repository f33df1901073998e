"""The README's pictures of the sample graph, drawn by real programs in a headless Chromium.

    python -m tests.interop.pictures [GRAPH]      writes kgraph/samples/page.png and cytoscape.png; needs `npm ci` here

`page.png` is kgraph's own page (`kgraph export --to html`). `cytoscape.png` is what cytoscape.js makes of `--to cyjs`
around one council: its own layout (cose), and labels and colours by the columns `name`, `type` and `interaction`.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from PIL import Image

from tests.export.browser import browser, open_page

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "kgraph" / "samples"
LIBRARY = Path(__file__).parent / "node_modules" / "cytoscape" / "dist" / "cytoscape.min.js"
COUNCIL = "https://w3id.org/kgraph/id/council/wexhaven-borough-council-9ae4de6c"
RELATIONS = "appoints,inspects,intervenes,leaves-role,holds-role,part-of,rates"
# Without scroll bars, and drawing as the tests do.
FLAGS = ("--hide-scrollbars", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
_PAGE = """<!doctype html><meta charset="utf-8"><style>html, body, #graph {{ height: 100%; margin: 0 }}</style>
<div id="graph"></div><script>{library}</script><script>
const graph = {graph};
const types = [...new Set(graph.elements.nodes.map((node) => node.data.type))].sort();
const colours = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#877c15", "#8f8f8f"];
const cy = cytoscape({{
  container: document.getElementById("graph"),
  elements: graph.elements,
  style: [
    {{ selector: "node", style: {{ label: "data(name)", "font-size": 15,
      "font-weight": "bold", "text-wrap": "wrap", "text-max-width": 150,
      "text-valign": "bottom", "text-margin-y": 3, width: 26, height: 26,
      "text-background-color": "white", "text-background-opacity": 0.85, "text-background-padding": 1,
      "background-color": (node) => colours[types.indexOf(node.data("type")) % colours.length] }} }},
    {{ selector: "edge", style: {{ label: "data(interaction)", "font-size": 12, color: "#555", width: 1.2,
      "line-color": "#bbb", "target-arrow-color": "#999", "target-arrow-shape": "triangle", "curve-style": "bezier",
      "text-rotation": "autorotate", "text-wrap": "ellipsis", "text-max-width": 150,
      "text-background-color": "white", "text-background-opacity": 0.85 }} }},
  ],
}});
cy.nodes().filter((node) => node.degree() === 0).remove();
let seed = 7;
Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;  // the same picture each time
cy.layout({{ name: "cose", animate: false, randomize: true, nodeDimensionsIncludeLabels: true, padding: 24,
  nodeRepulsion: () => 4e6, idealEdgeLength: () => 200, gravity: 0.6, numIter: 6000,
  edgeElasticity: (edge) => 32 * edge.parallelEdges().length ** 2 }}).run();
document.title = "drawn";
</script>"""


def kgraph(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", "kgraph.cli", *map(str, arguments)], check=True)


def save(driver: Any, name: str) -> None:
    """What the browser shows, in 128 colours: a third of the bytes."""
    with Image.open(io.BytesIO(driver.get_screenshot_as_png())) as image:
        image.convert("RGB").quantize(128).save(PLACE / name, optimize=True)


def main(graphs: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        graph = Path(graphs[0]) if graphs else folder / "graph.ttl"
        if not graphs:
            kgraph("build", PLACE, "-o", graph)
        kgraph("export", graph, "--to", "html", "-o", folder / "page.html")
        near = folder / "near.cyjs"
        kgraph("export", graph, "--to", "cyjs", "--entity", COUNCIL, "--relations", RELATIONS, "-o", near)
        elements, library = (path.read_text("utf-8").replace("</", "<\\/") for path in (near, LIBRARY))
        (folder / "near.html").write_text(_PAGE.format(library=library, graph=elements), "utf-8")
        with browser(*FLAGS, width=1440, height=900) as driver:
            open_page(driver, folder / "page.html", "#" + quote(COUNCIL, safe=""))
            time.sleep(3)  # the picture comes to rest
            save(driver, "page.png")
        with browser(*FLAGS, width=1100, height=960) as driver:
            open_page(driver, folder / "near.html")
            assert driver.title == "drawn", driver.get_log("browser")
            save(driver, "cytoscape.png")


if __name__ == "__main__":
    main(sys.argv[1:])
