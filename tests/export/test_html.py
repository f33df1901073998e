"""The page in a real browser: opened from disk, without a network, by people who read, click, type or listen."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph import export
from kgraph.documents import Document
from kgraph.export import html
from kgraph.facts import Entity, Fact
from kgraph.graph import Graph, Node, assemble
from kgraph.ontology import load_ontology
from tests.export.browser import browser, console, open_page, requests
from tests.graph.hand_made import DOCUMENTS, FACTS, fact

BASE = "https://data.example/id/"
# Names, titles, sentences and addresses as an attacker would write them.
SCRIPT = "</script><script>window.hacked = 'script'</script>"
IMAGE = "<img src=x onerror=\"window.hacked = 'image'\">"
COMMENT = "<!--<script>"
NASTY = Document(
    id=f"nasty {IMAGE}",
    source="nasty",
    title=f"Title {SCRIPT}",
    published="2020-02-03",
    publisher=f"Publisher {IMAGE}",
    url="javascript:window.hacked='address'",
    text=f"Eve {IMAGE} Adams is leader of Trap {SCRIPT} Council {COMMENT}. She said ${{7*7}} `{{{{1}}}}` was true.",
)
EVE, TRAP = Entity(f"Eve {IMAGE} Adams", "person"), Entity(f"Trap {SCRIPT} Council", "council")


def graph_of(facts: list[Fact], documents: list[Document]) -> Graph:
    return assemble(facts, documents, load_ontology(), BASE)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_of(list(FACTS), list(DOCUMENTS))


@pytest.fixture(scope="module")
def page(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    export.write(graph, path)
    return path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as driver:
        yield driver


@pytest.fixture
def opened(chromium: Any, page: Path) -> Any:
    open_page(chromium, page)
    console(chromium)
    return chromium


def find(driver: Any, selector: str) -> list[Any]:
    return driver.find_elements("css selector", selector)  # type: ignore[no-any-return]


def texts(driver: Any, selector: str) -> list[str]:
    """What one can read in these elements, taken at one moment."""
    seen = "[...document.querySelectorAll(arguments[0])].filter((element) => element.checkVisibility())"
    return driver.execute_script(f"return {seen}.map((element) => element.innerText.trim())", selector)  # type: ignore[no-any-return]


def click(driver: Any, selector: str) -> None:
    driver.find_element("css selector", selector).click()


def listed(driver: Any) -> set[str]:
    """Names in the List view."""
    click(driver, "#tab-list")
    return set(texts(driver, "#list tbody th"))


def press(driver: Any, *keys: str) -> None:
    from selenium.webdriver.common.keys import Keys

    for key in keys:
        driver.switch_to.active_element.send_keys(getattr(Keys, key, key))


def until(holds: Callable[[], bool]) -> bool:
    """Whether it holds within two seconds: a browser follows an address when it has time."""
    for _ in range(40):
        if holds():
            return True
        time.sleep(0.05)
    return False


def search(driver: Any, words: str) -> None:
    field = driver.find_element("id", "search")
    field.clear()
    field.send_keys(words)


def colours(driver: Any) -> int:
    """How many pixels of the picture have a strong colour: nodes do, paper, lines and words do not."""
    from PIL import Image

    image = Image.open(io.BytesIO(driver.find_element("id", "canvas").screenshot_as_png)).convert("RGB")
    return sum(count for count, (r, g, b) in image.getcolors(1 << 24) or () if max(r, g, b) - min(r, g, b) > 90)


# --- loading ---------------------------------------------------------------------------------------------


def test_it_opens_from_disk_without_a_network_or_a_complaint(chromium: Any, page: Path) -> None:
    requests(chromium)
    open_page(chromium, page)
    assert "from 2 documents, 2019" in chromium.find_element("id", "summary").text
    for tab in ("list", "timeline", "contested", "sources", "picture"):
        click(chromium, f"#tab-{tab}")
    assert console(chromium) == []
    assert {url for url in requests(chromium) if not url.startswith("data:")} <= {page.as_uri(), "about:blank"}


def test_the_picture_has_coloured_nodes_and_filters_take_them_away(opened: Any) -> None:
    all_of_it = colours(opened)
    assert all_of_it > 300
    click(opened, "button[aria-label='Only committee']")
    assert 0 < colours(opened) < all_of_it


def test_all_entities_and_all_statements_are_there(opened: Any, graph: Graph) -> None:
    entities = {node.label for node in graph.nodes if "/fact/" not in node.iri}
    assert listed(opened) == entities
    stated = sum("kgraph/ns#relation>" in line for line in graph.triples)
    assert f"{len(entities)} names and {stated} statements" in opened.find_element("id", "summary").text


def test_without_webgl_the_list_takes_the_pictures_place(page: Path) -> None:
    with browser("--disable-3d-apis") as driver:
        open_page(driver, page)
        assert driver.find_element("id", "tab-list").get_attribute("aria-selected") == "true"
        assert "Marion Dane" in texts(driver, "#list tbody th")
        search(driver, "Rook")
        press(driver, "ENTER")
        assert texts(driver, "#panel h2") == ["Peter Rook"]


# --- search and filters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [("marion dane", "Marion Dane"), ("ROOK", "Peter Rook"), ("middlesb", "Middlesbrough Borough Council")],
)
def test_search_finds_by_any_part_of_a_name(opened: Any, words: str, found: str) -> None:
    search(opened, words)
    assert texts(opened, "#found [role=option] .words")[0].startswith(found)
    press(opened, "ENTER")
    assert texts(opened, "#panel h2")[0].startswith(found)


def test_search_finds_what_stands_in_sentences(opened: Any) -> None:
    search(opened, "absent in 2018")
    click(opened, "#found [role=option]")
    assert texts(opened, "#timeline blockquote p") == [
        "“41 per cent of pupils were absent in 2018, up from 30 per cent”"
    ]


def test_search_says_when_nothing_is_found(opened: Any) -> None:
    search(opened, "qqqq")
    assert texts(opened, "#found") == ["Nothing found"]


def test_a_kind_can_be_left_out_and_all_brought_back(opened: Any, graph: Graph) -> None:
    people = {node.label for node in graph.nodes if node.type == "person"}
    everyone = listed(opened)
    opened.find_element("xpath", "//*[@id='filter-types']//label[contains(., 'person')]").click()
    assert listed(opened) == everyone - people
    assert "Showing" in opened.find_element("id", "status").text
    click(opened, "#reset")
    assert listed(opened) == everyone


def test_a_relation_alone_leaves_those_who_are_in_it(opened: Any) -> None:
    click(opened, "button[aria-label='Only inspects']")
    assert listed(opened) == {"Ofsted", "Middlesbrough Borough Council", "Hester Vale"}


def test_time_leaves_what_was_so_then(opened: Any) -> None:
    """Only the claimed start of an office lies in 2015, and Rook's appointment."""
    click(opened, "#year-to")
    press(opened, "HOME")
    assert texts(opened, ".year output") == ["2015", "2015"]
    click(opened, "#tab-timeline")
    assert {text.split("\n")[0] for text in texts(opened, "#timeline .statement")} == {
        "May 2015 Peter Rook appointed councillor of Middlesbrough Borough Council, 2015-05",
        "since 2015 according to Peter Rook: Marion Dane: deputy mayor of Middlesbrough Borough Council, from 2015",
    }


# --- evidence --------------------------------------------------------------------------------------------


def test_every_fact_shows_its_sentence_and_its_source(opened: Any) -> None:
    click(opened, "#tab-sources")
    for summary in find(opened, "#sources summary"):
        summary.click()
    assert until(lambda: len(find(opened, "#sources .statement")) >= 15)
    for details in find(opened, "#sources .others summary"):
        details.click()
    stated = {f"“{' '.join(fact.evidence.text.split())}”" for fact in FACTS}
    assert until(lambda: stated <= set(texts(opened, "#sources blockquote p")))
    shown = " ".join(texts(opened, "#sources"))
    for document in DOCUMENTS:
        assert document.title and document.title in shown
    assert find(opened, "#sources h3 a")[0].get_attribute("href") == "https://beacon.example/first?a=1&b=2"


def test_an_entity_shows_facts_apart_from_what_is_only_claimed(chromium: Any, page: Path, graph: Graph) -> None:
    iri = next(node.iri for node in graph.nodes if node.label == "Marion Dane")
    open_page(chromium, page, f"#{iri}")
    for summary in find(chromium, "#panel .others summary"):
        summary.click()
    assert until(lambda: "“Council leader Marion Dane”" in texts(chromium, "#panel blockquote p"))
    panel = chromium.find_element("id", "panel").text
    facts, _, open_ = panel.partition("Not established")
    assert "Marion Dane: leader of Middlesbrough Borough Council" in facts
    assert "“Council leader Marion Dane”" in facts and "“Council leader Marion Dane”" not in open_
    assert "not so: Marion Dane: deputy mayor" in open_ and "not so" not in facts
    assert "Inspectors fault “children's services” & <b>more</b> · The Teesside Beacon · 20 June 2019" in facts


def test_a_contested_matter_names_both_sides(opened: Any) -> None:
    click(opened, "#tab-contested")
    [claim] = texts(opened, "#contested .claim")
    [denial] = texts(opened, "#contested .denial")
    assert "Peter Rook" in claim and "Marion Dane" not in claim.split("\n")[1]
    assert "Marion Dane" in denial and "She denied she was ever deputy mayor" in denial and "20 June 2019" in denial


def test_a_timeline_has_roles_and_ratings_with_their_times(chromium: Any, page: Path, graph: Graph) -> None:
    iri = next(node.iri for node in graph.nodes if node.label.startswith("Middlesbrough"))
    open_page(chromium, page, f"#{iri}")
    rows = texts(chromium, "#panel .rows li")
    assert "rated inadequate · Ofsted 6 May 2019 – 17 May 2019" in rows
    assert any(row.startswith("leader · Marion Dane reported 20 June 2019") for row in rows)
    assert not any("deputy mayor" in row or "chief executive" in row for row in rows)


def test_the_address_names_the_chosen_one(opened: Any) -> None:
    search(opened, "Rook")
    press(opened, "ENTER")
    assert texts(opened, "#panel h2") == ["Peter Rook"]
    opened.refresh()
    assert texts(opened, "#panel h2") == ["Peter Rook"]
    opened.find_element("link text", "Marion Dane").click()
    assert until(lambda: texts(opened, "#panel h2") == ["Marion Dane"])
    opened.back()
    assert until(lambda: texts(opened, "#panel h2") == ["Peter Rook"])
    opened.back()
    assert until(lambda: texts(opened, "#panel h2") == ["Where to begin"])


# --- safety ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nasty_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    facts = [
        fact(
            NASTY, NASTY.text[: NASTY.text.index(". She")], "holds-role", person=EVE, role=f"{IMAGE} leader", org=TRAP
        ),
        fact(NASTY, NASTY.text, "says", speaker=EVE, stance="states", gist=SCRIPT, about=TRAP),
        fact(NASTY, NASTY.text, "disputes", speaker=TRAP, claim=SCRIPT, other=EVE),
        fact(NASTY, "said ${7*7}", "appoints", person=EVE, role=COMMENT, org=TRAP, certainty="planned"),
    ]
    path = tmp_path_factory.mktemp("nasty") / "nasty.html"
    path.write_bytes(b"".join(html.render(graph_of(facts, [NASTY]), title=f"T {SCRIPT}{IMAGE}")))
    return path


def test_no_text_of_a_document_is_run(chromium: Any, nasty_page: Path) -> None:
    open_page(chromium, nasty_page)
    console(chromium)
    names = listed(chromium)
    assert names == {EVE.text, TRAP.text}
    for name in sorted(names):
        search(chromium, name[:3])
        press(chromium, "ENTER")
        assert texts(chromium, "#panel h2") == [name]
        for tab in ("picture", "list", "timeline", "contested", "sources"):
            click(chromium, f"#tab-{tab}")
            for summary in find(chromium, f"#{tab} summary"):
                summary.click()
    assert f"Title {SCRIPT}" in texts(chromium, "#sources h3")
    assert any(" ".join(NASTY.text.split()) in quoted for quoted in texts(chromium, "blockquote"))
    assert chromium.execute_script("return window.hacked ?? null") is None
    assert find(chromium, "img, iframe, object, a[href^='javascript']") == []
    assert console(chromium) == []


def test_the_policy_stops_what_the_page_did_not_bring(opened: Any) -> None:
    opened.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.hacked = 1'; document.body.append(s);"
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hacked = 2\">');"
    )
    assert opened.execute_script("return window.hacked ?? null") is None
    assert any("Content Security Policy" in message for message in console(opened))


class _Scripts(HTMLParser):
    """The contents of a page's script elements, as another reader of HTML finds them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.found.append((dict(attrs).get("id") or "", ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            name, before = self.found[-1]
            self.found[-1] = (name, before + data)


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=15, deadline=None)
def test_any_name_comes_through_the_page_unchanged(name: str) -> None:
    graph = Graph((), (Node("https://data.example/id/1", name, "person"),), (), {})
    parser = _Scripts()
    parser.feed(b"".join(html.render(graph)).decode())
    data = dict(parser.found)["data"]
    assert "<" not in data
    assert json.loads(data)["entities"][0][0] == name


# --- keyboard and screen reader --------------------------------------------------------------------------


def test_all_of_it_can_be_used_by_keyboard(opened: Any) -> None:
    press(opened, "TAB")
    assert opened.switch_to.active_element.text == "Skip to the list"
    press(opened, "ENTER")
    assert opened.switch_to.active_element.get_attribute("id") == "list"
    press(opened, "TAB", "ENTER")
    chosen = texts(opened, "#list tbody th")[0]
    assert until(lambda: opened.switch_to.active_element.tag_name == "h2")
    assert opened.switch_to.active_element.text == chosen
    press(opened, "ESCAPE")
    assert texts(opened, "#panel h2") == ["Where to begin"]
    press(opened, "/")
    assert opened.switch_to.active_element.get_attribute("id") == "search"
    press(opened, "Marion", "ARROW_DOWN", "ENTER")
    assert "Marion Dane" in opened.switch_to.active_element.text
    click(opened, "#tab-picture")
    press(opened, "ARROW_RIGHT", "ARROW_RIGHT", "ARROW_RIGHT")
    assert opened.switch_to.active_element.get_attribute("id") == "tab-contested"
    assert opened.find_element("id", "contested").is_displayed()


def test_focus_goes_from_search_over_filters_and_picture_to_details(opened: Any) -> None:
    regions = []
    for _ in range(80):
        press(opened, "TAB")
        region = opened.execute_script("return document.activeElement.closest('header, aside, main')?.className ?? ''")
        tag = opened.execute_script("return document.activeElement.closest('header, aside, main')?.tagName ?? ''")
        if (region or tag) and (not regions or regions[-1] != (region or tag)):
            regions.append(region or tag)
    assert regions[:4] == ["top", "filters", "MAIN", "panel"]


def test_a_screen_reader_finds_a_name_on_every_control(opened: Any) -> None:
    search(opened, "Marion")
    press(opened, "ENTER")
    nodes = opened.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    controls = {"button", "link", "checkbox", "slider", "tab", "combobox", "textbox", "application", "tabpanel"}
    seen = [node for node in nodes if not node.get("ignored") and node["role"]["value"] in controls]
    assert len(seen) > 30
    assert [node["role"]["value"] for node in seen if not node.get("name", {}).get("value", "").strip()] == []
    roles = {node["role"]["value"] for node in nodes if not node.get("ignored")}
    assert {"banner", "main", "complementary", "search", "tablist", "status", "heading", "blockquote"} <= roles


def test_a_change_of_filters_is_announced(opened: Any) -> None:
    assert opened.find_element("id", "status").get_attribute("role") == "status"
    click(opened, "button[aria-label='Only committee']")
    assert opened.find_element("id", "status").text.startswith("Showing 1 of ")


def test_it_fits_a_telephone(page: Path) -> None:
    with browser(width=400, height=800) as driver:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
        )
        open_page(driver, page)
        for tab in ("picture", "list", "timeline", "contested", "sources"):
            click(driver, f"#tab-{tab}")
            assert driver.execute_script("return document.documentElement.scrollWidth") <= 390
