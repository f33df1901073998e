// The views beside the picture: list, timeline, contested matters, sources. Each draws itself when it is looked at.
"use strict";

class Views {
  constructor(graph, filters) {
    this.graph = graph;
    this.filters = filters;
    this.chosen = null;
    this.words = "";
  }

  draw(name) {
    const place = byId(name);
    place.replaceChildren(...this[name]());
    place.scrollTop = 0;
  }

  // Everything the picture shows, as a table.
  list() {
    const { filters } = this;
    const entities = [...filters.entities].sort((a, b) => b.lines.length - a.lines.length || b.statements.length - a.statements.length || a.id - b.id);
    const body = fill(el("tbody"), entities, (entity) => {
      const lines = entity.lines.filter((line) => filters.lines.has(line) && otherEnd(line, entity) !== entity);
      const others = lines.map((line) => otherEnd(line, entity)).sort((a, b) => b.lines.length - a.lines.length || a.id - b.id);
      const named = others.slice(0, 3).flatMap((other, i) => (i ? [", ", entityLink(other)] : [entityLink(other)]));
      return el(
        "tr", null,
        el("th", { scope: "row" }, entityLink(entity)),
        el("td", null, el("i", { class: `swatch ${typeClass(entity.type)}` }), entity.type.label),
        el("td", { class: "figure" }, number(entity.statements.filter((statement) => filters.statements.has(statement)).length)),
        el("td", null, named, others.length > 3 ? ` and ${number(others.length - 3)} more` : ""),
      );
    });
    const head = ["Name", "Kind", "Statements", "Connected to"].map((words) => el("th", { scope: "col" }, words));
    return [el("table", null, el("caption", null, `${number(entities.length)} names, the best connected first`), el("thead", null, el("tr", null, head)), body), el("div")];
  }

  timeline() {
    const { filters, chosen, words } = this;
    const about = chosen ? chosen.statements : this.graph.statements;
    let statements = about.filter((statement) => filters.statements.has(statement) && statement.first);
    const parts = [];
    if (words) {
      statements = findStatements(this.graph.statements.filter((statement) => filters.statements.has(statement)), words);
      parts.push(el("h2", null, `Statements with “${words}” (${number(statements.length)})`), el("p", null, el("button", { type: "button", class: "quiet", "data-clear": true }, "Show all statements")));
    } else if (chosen) {
      parts.push(el("h2", null, "Timeline of ", entityLink(chosen)), timeChart(statements, chosen, 40) ?? el("p", { class: "hint" }, "Nothing dated is known."));
    } else parts.push(el("h2", null, "Timeline"), el("p", { class: "hint" }, "Newest first. Choose somebody to see their roles and ratings as a chart."));
    statements = byTime(statements).reverse();
    const list = el("div");
    const years = new Map();
    fill(list, statements, (statement) => {
      const year = statement.first ? statement.first.slice(0, 4) : "Undated";
      const item = statementItem(statement, null);
      if (!statement.own) item.querySelector(".line").prepend(el("time", { class: "reported" }, statement.first ? `reported ${readDate(statement.first)}` : "undated"), " ");
      if (years.has(year)) {
        years.get(year).append(item);
        return document.createComment("");
      }
      years.set(year, el("ul", { class: "plain" }, item));
      return el("section", { class: "year-group" }, el("h3", null, year), years.get(year));
    });
    return [...parts, list, el("div")];
  }

  contested() {
    const disputes = this.graph.disputes.filter((dispute) => dispute.rejecting.some((s) => this.filters.statements.has(s)));
    if (!disputes.length) return [el("h2", null, "Contested"), el("p", { class: "hint" }, "Nothing that is shown is disputed.")];
    const intro = "What somebody claims and somebody rejects. Neither side is taken for a fact.";
    return [el("h2", null, `Contested (${disputes.length})`), el("p", { class: "hint" }, intro), fill(el("div"), disputes, (dispute) => disputeCard(dispute), 50), el("div")];
  }

  sources() {
    const documents = [...this.graph.documents].reverse();
    const list = fill(el("ul", { class: "plain sources" }), documents, (source) => {
      const statements = source.statements.filter((statement) => this.filters.statements.has(statement));
      const details = el("details", null, el("summary", null, count(statements.length, "statement")));
      details.addEventListener("toggle", () => {
        if (!details.open || details.children.length > 1) return;
        details.append(el("div", null, fill(el("ul", { class: "plain" }), statements, (statement) => statementItem(statement, null), 30)));
      });
      const rest = [source.publisher, source.published && readWhen(source.published)].filter(Boolean).join(" · ");
      return el("li", null, el("h3", null, webLink(source.title, source.address)), rest ? el("p", { class: "hint" }, rest) : null, statements.length ? details : null);
    });
    return [el("h2", null, `Sources (${number(documents.length)})`), el("div", null, list)];
  }
}
