// What is shown: kinds of entities, relations, and time.
"use strict";

class Filters {
  constructor(graph, changed) {
    this.graph = graph;
    this.changed = changed;
    const years = graph.statements.filter((s) => s.first).flatMap((s) => [yearOf(s.first), yearOf(s.last)]);
    this.firstYear = years.reduce((a, b) => Math.min(a, b), Infinity);
    this.lastYear = years.reduce((a, b) => Math.max(a, b), -Infinity);
    this.reset();
    this.draw();
  }

  reset() {
    this.types = new Set(this.graph.types);
    this.relations = new Set(this.graph.relations);
    this.from = this.firstYear;
    this.to = this.lastYear;
    this.undated = true;
    this.lone = this.graph.lines.length === 0;
    this.apply();
  }

  get timed() {
    return this.from > this.firstYear || this.to < this.lastYear || !this.undated;
  }

  // Whether anything is filtered away.
  get active() {
    return this.timed || this.types.size < this.graph.types.length || this.relations.size < this.graph.relations.length;
  }

  shows(statement) {
    return this.relations.has(statement.relation) && this.inTime(statement);
  }

  inTime(statement) {
    if (!statement.first) return this.undated;
    return yearOf(statement.last) >= this.from && yearOf(statement.first) <= this.to;
  }

  showsEdge(edge) {
    return edge.statement ? this.statements.has(edge.statement) : this.relations.has(edge.relation) && !this.timed;
  }

  // Fills `statements`, `lines` and `entities` with what is to be seen.
  apply() {
    const { graph } = this;
    const narrowed = this.timed || this.relations.size < graph.relations.length;
    this.statements = new Set(graph.statements.filter((statement) => this.shows(statement)));
    this.entities = new Set(
      graph.entities.filter(
        (entity) =>
          this.types.has(entity.type) &&
          (!narrowed ||
            entity.statements.some((statement) => this.statements.has(statement)) ||
            entity.lines.some((line) => line.edges.some((edge) => this.showsEdge(edge)))),
      ),
    );
    this.lines = new Map();
    for (const line of graph.lines) {
      if (!line.ends.every((end) => this.entities.has(end))) continue;
      const edges = line.edges.filter((edge) => this.showsEdge(edge));
      if (edges.length) this.lines.set(line, edges);
    }
    this.linked = new Set([...this.lines.keys()].flatMap((line) => line.ends));
  }

  // --- the form ------------------------------------------------------------------------------------------

  draw() {
    this.boxes = [];
    this.drawChoices(byId("filter-types"), this.graph.types, "types", (type) => type.entities);
    this.drawChoices(byId("filter-relations"), this.graph.relations, "relations", (relation) => relation.statements);
    if (this.firstYear <= this.lastYear) this.drawTime(byId("filter-time"));
    else byId("filter-time").hidden = true;
    byId("reset").addEventListener("click", () => {
      this.reset();
      this.show();
      this.changed();
    });
    this.show();
  }

  drawChoices(place, choices, name, size) {
    const ordered = [...choices].sort((a, b) => size(b) - size(a) || a.id - b.id);
    const list = el("ul");
    for (const choice of ordered) {
      const box = el("input", { type: "checkbox", onchange: () => this.choose(name, choice, box.checked) });
      this.boxes.push(() => (box.checked = this[name].has(choice)));
      const swatch = name === "types" ? el("i", { class: `swatch ${typeClass(choice)}` }) : null;
      const words = el("span", { class: "words" }, choice.label);
      const only = el("button", {
        type: "button", class: "only", "aria-label": `Only ${choice.label}`,
        onclick: () => this.chooseOnly(name, choice),
      }, "only");
      list.append(el("li", null, el("label", null, box, swatch, words), only, el("span", { class: "count" }, number(size(choice)))));
    }
    place.append(list);
    if (name === "types") {
      const lone = this.graph.entities.filter((entity) => !entity.lines.length).length;
      if (lone && this.graph.lines.length) {
        const box = el("input", { type: "checkbox", onchange: () => this.set({ lone: box.checked }) });
        this.boxes.push(() => (box.checked = this.lone));
        place.append(el("label", { class: "apart" }, box, el("span", { class: "words" }, "In the picture: those without a line too"), el("span", { class: "count" }, number(lone))));
      }
    }
  }

  drawTime(place) {
    const range = (name, words) => {
      const input = el("input", {
        type: "range", min: this.firstYear, max: this.lastYear, step: 1, id: `year-${name}`,
        oninput: () => this.setYear(name, Number(input.value)),
      });
      const shown = el("output", { for: `year-${name}` });
      this.boxes.push(() => {
        input.value = String(this[name]);
        input.setAttribute("aria-valuetext", String(this[name]));
        shown.textContent = String(this[name]);
      });
      return el("div", { class: "year" }, el("label", { for: `year-${name}` }, words), input, shown);
    };
    this.bars = this.drawBars();
    const box = el("input", { type: "checkbox", onchange: () => this.set({ undated: box.checked }) });
    this.boxes.push(() => (box.checked = this.undated));
    const undated = this.graph.statements.filter((statement) => !statement.first).length;
    place.append(
      this.bars,
      range("from", "From"),
      range("to", "To"),
      ...(undated ? [el("label", { class: "apart" }, box, el("span", { class: "words" }, "Undated too"), el("span", { class: "count" }, number(undated)))] : []),
      el("p", { class: "hint" }, "When it was so; where that is not said, when it was reported."),
    );
  }

  // Statements a year. A picture only: the numbers stand in the Timeline view.
  drawBars() {
    const years = this.lastYear - this.firstYear + 1;
    const heights = new Array(years).fill(0);
    for (const statement of this.graph.statements) {
      if (statement.first) heights[yearOf(statement.first) - this.firstYear] += 1;
    }
    const most = Math.max(...heights);
    const bars = el("div", { class: "bars", "aria-hidden": "true" });
    heights.forEach((height, i) => {
      const bar = el("i", { title: `${this.firstYear + i}: ${count(height, "statement")}` });
      bar.style.height = `${height ? Math.max(6, (100 * height) / most) : 0}%`;
      bars.append(bar);
    });
    return bars;
  }

  show() {
    for (const box of this.boxes) box();
    [...(this.bars?.children ?? [])].forEach((bar, i) => {
      bar.classList.toggle("out", this.firstYear + i < this.from || this.firstYear + i > this.to);
    });
    byId("reset").hidden = !this.active;
  }

  choose(name, choice, chosen) {
    if (chosen) this[name].add(choice);
    else this[name].delete(choice);
    this.set({});
  }

  chooseOnly(name, choice) {
    this.set({ [name]: new Set([choice]) });
  }

  setYear(name, year) {
    if (name === "from") this.set({ from: year, to: Math.max(year, this.to) });
    else this.set({ to: year, from: Math.min(year, this.from) });
  }

  set(changes) {
    Object.assign(this, changes);
    this.apply();
    this.show();
    this.changed();
  }
}

function yearOf(day) {
  return Number(day.slice(0, 4));
}

// The kinds with most lines have colours; the others share one.
let coloured = new Map();
function colourTypes(types) {
  const ordered = [...types].sort((a, b) => b.ends - a.ends || b.entities - a.entities || a.id - b.id);
  coloured = new Map(ordered.slice(0, 6).map((type, i) => [type, `type-${i}`]));
}

function typeClass(type) {
  return coloured.get(type) ?? "type-other";
}
