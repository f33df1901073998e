// The page: puts the parts together. The address after # is the chosen entity, so that Back, reload and links work.
"use strict";

const TABS = ["picture", "list", "timeline", "contested", "sources"];

class Page {
  constructor() {
    const graph = readGraph();
    this.graph = graph;
    this.byIri = new Map(graph.entities.map((entity) => [entity.iri, entity]));
    this.chosen = null;
    this.tab = "picture";
    colourTypes(graph.types);
    this.filters = new Filters(graph, () => this.filtered());
    this.panel = new Panel(graph, this.filters);
    this.views = new Views(graph, this.filters);
    this.search = new Search(graph, (entity) => this.go(entity), (words) => this.findWords(words));
    this.summarise();
    this.picture = this.drawPicture();
    this.listen();
    this.showTab(this.picture ? "picture" : "list");
    this.follow(false);
    this.say();
    // For measuring how long the first picture takes: after the frame that shows it.
    requestAnimationFrame(() => setTimeout(() => performance.mark("picture")));
  }

  // null where the browser cannot draw: the list then takes the picture's place.
  drawPicture() {
    try {
      return new Picture(this.graph, this.filters, (entity) => this.go(entity));
    } catch (error) {
      byId("canvas").replaceChildren(el("p", { class: "note" }, "This browser cannot draw the picture (it needs WebGL). The List view holds the same."));
      return null;
    }
  }

  summarise() {
    const { graph } = this;
    const dates = graph.documents.map((source) => source.published).filter((day) => /^\d{4}/.test(day)).map(yearOf);
    const [first, last] = [dates.reduce((a, b) => Math.min(a, b), Infinity), dates.reduce((a, b) => Math.max(a, b), -Infinity)];
    const span = first > last ? "" : first === last ? `, ${first}` : `, ${first}–${last}`;
    byId("summary").textContent = `${count(graph.entities.length, "name")} and ${count(graph.statements.length, "statement")} from ${count(graph.documents.length, "document")}${span}`;
  }

  listen() {
    const tabs = TABS.map((name) => byId(`tab-${name}`));
    tabs.forEach((tab, i) => {
      tab.addEventListener("click", () => this.showTab(TABS[i]));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        const next = { Home: 0, End: TABS.length - 1 }[event.key] ?? (step ? (i + step + TABS.length) % TABS.length : -1);
        if (next < 0) return;
        this.showTab(TABS[next]);
        tabs[next].focus();
        event.preventDefault();
      });
    });
    addEventListener("hashchange", () => this.follow(true));
    document.addEventListener("click", (event) => this.click(event));
    document.addEventListener("keydown", (event) => this.press(event));
    byId("theme").addEventListener("click", () => this.switchTheme());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.picture?.recolour());
    if (matchMedia("(max-width: 60rem)").matches) byId("filters").open = false;
  }

  click(event) {
    const target = event.target.closest("[data-tab], [data-back], [data-clear]");
    if (!target) return;
    event.preventDefault();
    if (target.dataset.tab) {
      this.showTab(target.dataset.tab);
      byId(target.dataset.tab).focus();
    } else if ("back" in target.dataset) this.go(null);
    else this.findWords("");
  }

  press(event) {
    const typing = event.target.matches("input:not([type=checkbox]):not([type=range]), textarea");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("search").focus();
      byId("search").select();
    } else if (event.key === "Escape" && !typing && this.chosen) this.go(null);
  }

  // Goes to an entity by the address, so that it is in the history.
  go(entity) {
    const hash = entity ? `#${encodeURIComponent(entity.iri)}` : "";
    if (location.hash === hash) return;
    history.pushState(null, "", hash || location.pathname + location.search);
    this.follow(true);
  }

  follow(focus) {
    let iri = "";
    try {
      iri = decodeURIComponent(location.hash.slice(1));
    } catch {
      // An address somebody mangled names nobody.
    }
    const entity = this.byIri.get(iri) ?? null;
    this.chosen = entity;
    this.views.chosen = entity;
    if (entity) this.views.words = "";
    document.body.classList.toggle("chosen", entity !== null);
    this.panel.show(entity, focus && entity !== null);
    this.picture?.select(entity);
    if (this.tab === "timeline") this.views.draw("timeline");
    if (focus && entity) this.say(`${entity.label}: ${count(entity.statements.length, "statement")}.`);
    else this.say();
  }

  findWords(words) {
    this.views.words = words;
    this.showTab("timeline");
    if (words) byId("timeline").focus();
  }

  showTab(name) {
    this.tab = name;
    for (const other of TABS) {
      const tab = byId(`tab-${other}`);
      tab.setAttribute("aria-selected", String(other === name));
      tab.tabIndex = other === name ? 0 : -1;
      byId(other).hidden = other !== name;
    }
    if (name === "picture") this.picture?.shown();
    else this.views.draw(name);
  }

  filtered() {
    this.picture?.refresh();
    this.panel.show(this.chosen, false);
    if (this.tab !== "picture") this.views.draw(this.tab);
    this.say();
  }

  say(words) {
    const { filters, graph } = this;
    const shown = filters.active
      ? `Showing ${number(filters.entities.size)} of ${count(graph.entities.length, "name")}, ${number(filters.statements.size)} of ${count(graph.statements.length, "statement")}`
      : "";
    byId("status").textContent = words ?? shown;
  }

  switchTheme() {
    const dark = getComputedStyle(document.documentElement).colorScheme === "dark" || (document.documentElement.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    this.picture?.recolour();
  }
}

const page = new Page();
