// The panel beside the picture: what is known of the chosen entity, or where to begin.
"use strict";

class Panel {
  constructor(graph, filters) {
    this.graph = graph;
    this.filters = filters;
    this.place = byId("panel");
  }

  show(entity, focus) {
    this.place.replaceChildren(...(entity ? this.entity(entity) : this.overview()));
    this.place.scrollTop = 0;
    if (focus) this.place.querySelector("h2")?.focus({ preventScroll: true });
  }

  // --- where to begin ------------------------------------------------------------------------------------

  overview() {
    const { graph, filters } = this;
    const busiest = [...filters.entities].sort((a, b) => b.statements.length - a.statements.length || a.id - b.id);
    const disputes = graph.disputes.filter((dispute) => dispute.rejecting.some((s) => filters.statements.has(s)));
    const parts = [
      el("h2", { tabindex: "-1" }, "Where to begin"),
      el("p", { class: "lead" }, "Choose somebody in the picture or below, or search. Everything here leads back to the sentence that says it."),
    ];
    if (disputes.length) {
      parts.push(
        el("h3", null, "In dispute"),
        el("ul", { class: "plain" }, disputes.slice(0, 4).map((dispute) => el("li", { class: "teaser" }, el("p", null, dispute.claim), el("p", { class: "hint" }, this.voices(dispute))))),
        el("p", null, el("a", { href: "#contested", "data-tab": "contested" }, disputes.length > 4 ? `All ${disputes.length} contested matters` : "Claims and denials with their sentences")),
      );
    }
    parts.push(el("h3", null, "Most is said of"), el("ol", { class: "plain" }, busiest.slice(0, 12).map((entity) => this.neighbour(entity, `${entity.type.label} · ${count(entity.statements.length, "statement")}`))));
    return parts;
  }

  voices(dispute) {
    const rejecting = dispute.rejecting.flatMap((s) => s.parties.filter((entity) => entity !== dispute.claimant));
    const names = [...new Set(rejecting)].flatMap((entity, i) => (i ? [", ", entityLink(entity)] : [entityLink(entity)]));
    const claimant = dispute.claimant ? ["Said by ", entityLink(dispute.claimant), "; disputed by "] : ["Disputed by "];
    return [...claimant, ...names];
  }

  neighbour(entity, words) {
    return el("li", { class: "neighbour" }, el("i", { class: `swatch ${typeClass(entity.type)}` }), entityLink(entity), el("span", { class: "hint" }, words));
  }

  // --- an entity -----------------------------------------------------------------------------------------

  entity(entity) {
    const statements = byTime(entity.statements.filter((statement) => this.filters.statements.has(statement)));
    const left = entity.statements.length - statements.length;
    const of = (kind) => statements.filter((statement) => statement.kind === kind);
    return [
      el("p", { class: "kind" }, el("i", { class: `swatch ${typeClass(entity.type)}` }), entity.type.label, el("a", { class: "back", href: "#", "data-back": true }, "Close")),
      el("h2", { tabindex: "-1" }, entity.label),
      entity.names.length ? el("p", { class: "hint" }, `Also: ${entity.names.join("; ")}`) : null,
      entity.links.length ? el("p", { class: "hint" }, entity.links.flatMap(([words, address], i) => [i ? " · " : "", webLink(words, address)])) : null,
      left ? el("p", { class: "note" }, `${count(left, "statement is", "statements are")} hidden by the filters.`) : null,
      ...this.contested(entity),
      ...this.timeline(statements, entity),
      ...this.facts(of("fact"), entity),
      ...this.section("Said", of("said"), entity, "Statements made by or about them. That it was said is the fact, not what was said."),
      ...this.section("Not established", of("open"), entity, "Claimed, denied, planned or possible; no document asserts it."),
      ...this.connected(entity),
      statements.length || left ? null : el("p", { class: "hint" }, "No statement is about them; they are named in connection with others."),
    ].filter(Boolean);
  }

  contested(entity) {
    const disputes = entity.disputes.filter((dispute) => dispute.rejecting.some((s) => this.filters.statements.has(s)));
    if (!disputes.length) return [];
    const list = el("div");
    return [el("h3", { class: "contested" }, `Contested (${disputes.length})`), fill(list, disputes, (dispute) => disputeCard(dispute, "h4"), 5), el("div")];
  }

  timeline(statements, entity) {
    const chart = timeChart(statements, entity, 8);
    if (!chart) return [];
    return [el("h3", null, "Timeline"), chart];
  }

  // Facts by relation, the relations with most facts first.
  facts(statements, entity) {
    if (!statements.length) return [];
    const groups = new Map();
    for (const statement of statements) {
      if (!groups.has(statement.relation)) groups.set(statement.relation, []);
      groups.get(statement.relation).push(statement);
    }
    const ordered = [...groups].sort(([a, x], [b, y]) => y.length - x.length || a.id - b.id);
    const parts = [el("h3", null, `Facts (${number(statements.length)})`)];
    for (const [relation, found] of ordered) {
      if (ordered.length > 1) parts.push(el("h4", { class: "relation" }, relation.label, found.length > 1 ? ` (${number(found.length)})` : ""));
      parts.push(el("div", null, fill(el("ul", { class: "plain" }), found, (statement) => statementItem(statement, entity), 10)));
    }
    return parts;
  }

  section(title, statements, entity, hint) {
    if (!statements.length) return [];
    const list = fill(el("ul", { class: "plain" }), statements, (statement) => statementItem(statement, entity), 10);
    return [el("h3", null, `${title} (${number(statements.length)})`), el("p", { class: "hint" }, hint), el("div", null, list)];
  }

  // The lines of the picture as text.
  connected(entity) {
    const lines = entity.lines.filter((line) => this.filters.lines.has(line) && otherEnd(line, entity) !== entity);
    if (!lines.length) return [];
    lines.sort((a, b) => otherEnd(b, entity).lines.length - otherEnd(a, entity).lines.length);
    const list = fill(el("ul", { class: "plain" }), lines, (line) => {
      const labels = [...new Set(this.filters.lines.get(line).map((edge) => edge.label))];
      return this.neighbour(otherEnd(line, entity), labels.join(", "));
    }, 15);
    return [el("h3", null, `Connected to (${number(lines.length)})`), el("div", null, list)];
  }
}
