// Statements, sentences and sources as the page writes them.
"use strict";

function entityLink(entity) {
  return el("a", { class: "entity", href: `#${encodeURIComponent(entity.iri)}` }, entity.label);
}

// A text in which the names of these entities lead to them.
function linked(text, entities, except) {
  const named = entities.filter((entity) => entity !== except && text.includes(entity.label));
  named.sort((a, b) => b.label.length - a.label.length);
  let parts = [text];
  for (const entity of named) {
    parts = parts.flatMap((part) => {
      if (typeof part !== "string") return [part];
      const pieces = part.split(entity.label);
      return pieces.flatMap((piece, i) => (i ? [entityLink(entity), piece] : [piece]));
    });
  }
  return parts;
}

function sourceLine(excerpt) {
  const { source, page } = excerpt;
  const rest = [source.publisher, source.published && readWhen(source.published), page && `page ${page}`].filter(Boolean);
  return el("footer", null, webLink(source.title, source.address), rest.length ? ` · ${rest.join(" · ")}` : "");
}

function quotation(excerpt) {
  return el("blockquote", null, el("p", null, `“${excerpt.sentence}”`), sourceLine(excerpt));
}

// The sentences of a statement: the first at once, the others on demand.
function evidence(excerpts) {
  if (!excerpts.length) return [];
  const [first, ...others] = excerpts;
  if (!others.length) return [quotation(first)];
  const more = el("details", { class: "others" }, el("summary", null, count(others.length, "more sentence")));
  more.addEventListener("toggle", () => more.open && more.children.length === 1 && more.append(...others.map(quotation)));
  return [quotation(first), more];
}

function statementItem(statement, about) {
  const when = whenOf(statement);
  return el(
    "li", { class: `statement ${statement.kind}` },
    el("p", { class: "line" }, ...(when ? [el("time", null, when), " "] : []), el("span", null, linked(statement.label, statement.parties, about))),
    evidence(statement.excerpts),
  );
}

// By their own or their reports' time.
function byTime(statements) {
  return [...statements].sort((a, b) => (a.first || "9").localeCompare(b.first || "9") || a.id - b.id);
}

// A contested matter: who says it, who rejects it, with sentences and dates.
function disputeCard(dispute, level = "h3") {
  const side = (title, kind, people) =>
    el("div", { class: `side ${kind}` }, el("h4", null, title), ...(people.length ? people : [el("p", { class: "hint" }, "Not named in the documents.")]));
  const voice = (name, statements) =>
    el("div", { class: "voice" }, el("p", { class: "who" }, name), ...statements.flatMap((s) => evidence(s.excerpts)));
  const claiming = [];
  if (dispute.claimant || dispute.making.length) {
    const statements = byTime(dispute.making);
    const name = dispute.claimant ? entityLink(dispute.claimant) : linked(statements[0].label, statements[0].parties);
    claiming.push(voice(name, statements));
    if (!statements.length) claiming[0].append(el("p", { class: "hint" }, "Known from the answer only."));
  }
  const rejecting = byTime(dispute.rejecting).map((statement) => {
    const people = statement.parties.filter((entity) => entity !== dispute.claimant);
    const name = people.length ? people.slice(0, 1).map(entityLink) : statement.label;
    return voice(name, [statement]);
  });
  return el(
    "article", { class: "dispute" },
    el(level, null, dispute.claim),
    el("div", { class: "sides" }, side("Says so", "claim", claiming), side("Disputes it", "denial", rejecting)),
  );
}
