// The graph as the page works with it: the tables of the data as objects that know each other.
"use strict";

function readGraph() {
  const data = JSON.parse(byId("data").textContent);
  const types = data.types.map((label, id) => ({ id, label, entities: 0, ends: 0 }));
  const relations = data.relations.map(([name, label], id) => ({ id, name, label, statements: 0, joins: false }));
  const documents = data.documents.map(([title, published, publisher, address], id) => ({
    id, title, published, publisher, address, statements: [],
  }));
  const excerpts = data.excerpts.map(([source, page, sentence]) => ({ source: documents[source], page, sentence }));
  const entities = data.entities.map(([label, type, x, y, names, links, iri], id) => ({
    id, label, type: types[type], x, y, names, links, iri, statements: [], lines: [], disputes: [],
  }));
  const statements = data.statements.map(
    ([label, relation, kind, when, start, end, first, last, own, parties, sources], id) => ({
      id, label, relation: relations[relation], kind, when, start, end, first, last, own, edges: [], isDispute: false,
      parties: parties.map((i) => entities[i]),
      excerpts: sources.map((i) => excerpts[i]),
    }),
  );
  const disputes = data.disputes.map(([claim, claimant, making, rejecting], id) => ({
    id, claim, claimant: claimant === null ? null : entities[claimant],
    making: making.map((i) => statements[i]),
    rejecting: rejecting.map((i) => statements[i]),
  }));
  for (const entity of entities) entity.type.entities += 1;
  for (const statement of statements) {
    statement.relation.statements += 1;
    for (const entity of statement.parties) entity.statements.push(statement);
    for (const source of new Set(statement.excerpts.map((excerpt) => excerpt.source))) source.statements.push(statement);
  }
  for (const dispute of disputes) {
    for (const statement of dispute.rejecting) statement.isDispute = true;
    const all = [...dispute.making, ...dispute.rejecting];
    const parties = new Set(all.flatMap((statement) => statement.parties));
    if (dispute.claimant) parties.add(dispute.claimant);
    for (const entity of parties) entity.disputes.push(dispute);
  }
  const lines = readLines(data, entities, relations, statements);
  for (const entity of entities) entity.type.ends += entity.lines.length;
  return { types, relations, documents, excerpts, entities, statements, disputes, lines };
}

// One line of the picture a pair of entities, whatever the number of edges between them.
function readLines(data, entities, relations, statements) {
  const lines = new Map();
  for (const [source, target, label, relation, statement] of data.edges) {
    const edge = {
      source: entities[source], target: entities[target], label, relation: relations[relation],
      statement: statement === null ? null : statements[statement],
    };
    edge.statement?.edges.push(edge);
    edge.relation.joins = true;
    const key = source < target ? `${source} ${target}` : `${target} ${source}`;
    if (!lines.has(key)) {
      const line = { key, ends: [edge.source, edge.target], edges: [] };
      lines.set(key, line);
      for (const end of new Set(line.ends)) end.lines.push(line);
    }
    lines.get(key).edges.push(edge);
  }
  return [...lines.values()];
}

function otherEnd(line, entity) {
  return line.ends[0] === entity ? line.ends[1] : line.ends[0];
}

// "fact" where some edge of a line is asserted as such, "dispute" where somebody rejects what the other says.
function kindOfLine(edges) {
  if (edges.some((edge) => edge.statement?.isDispute)) return "dispute";
  return edges.every((edge) => edge.statement?.kind === "said") ? "said" : "fact";
}

// A statement in few words as seen from one of its entities: "leader · Northby Council".
function inShort(statement, entity) {
  const edge = statement.edges.find((one) => one.source === entity || one.target === entity);
  if (!edge) return statement.label;
  return `${edge.label} · ${(edge.source === entity ? edge.target : edge.source).label}`;
}

// Words without case and accents, for comparing.
function folded(words) {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
