// A chart of what held when: a bar a state, a mark an event. Its words stand in it as text.
"use strict";

const DAY = 86400000;

// Rows of the statements of an entity that have a time; several of the same words share a row.
function chartRows(statements, entity) {
  const rows = new Map();
  for (const statement of byTime(statements)) {
    if (!statement.first) continue;
    const words = inShort(statement, entity);
    if (!rows.has(words)) rows.set(words, { words, statements: [] });
    rows.get(words).statements.push(statement);
  }
  return [...rows.values()];
}

function timeChart(statements, entity, most = 12) {
  const rows = chartRows(statements.filter((statement) => statement.kind === "fact" && statement.relation.joins), entity);
  const all = rows.flatMap((row) => row.statements);
  // Nothing to see in one report's day.
  if (!all.some((statement) => statement.own) && new Set(all.map((statement) => statement.first)).size < 2) return null;
  const firstYear = all.reduce((year, s) => Math.min(year, yearOf(s.first)), Infinity);
  const lastYear = all.reduce((year, s) => Math.max(year, yearOf(s.last)), -Infinity) + 1;
  const [begin, end] = [Date.UTC(firstYear, 0, 1), Date.UTC(lastYear, 0, 1)];
  const at = (day, later = 0) => (100 * (Date.parse(day) + later - begin)) / (end - begin);
  const list = el("ol", { class: "rows" });
  fill(list, rows, (row) => el(
    "li", null,
    el("p", { class: "words" }, row.words, el("span", { class: "hint" }, ` ${rowTime(row)}`)),
    el("div", { class: "track", "aria-hidden": "true" }, row.statements.map((statement) => mark(statement, at))),
  ), most);
  return el("div", { class: "chart" }, axis(firstYear, lastYear), list);
}

function rowTime(row) {
  const times = row.statements.map((statement) => whenOf(statement) || `reported ${readDate(statement.first)}`);
  const [some, more] = [[...new Set(times)].slice(0, 4), new Set(times).size - 4];
  return some.join("; ") + (more > 0 ? ` and ${more} more` : "");
}

function mark(statement, at) {
  const state = !statement.when && statement.own;
  const kind = !statement.own ? "reported" : state ? "state" : "event";
  const shape = el("i", { class: `mark ${kind}`, title: `${statement.label} (${whenOf(statement) || `reported ${readDate(statement.first)}`})` });
  const [left, right] = [at(statement.first), at(statement.last, DAY)];
  shape.style.left = `${left}%`;
  if (kind !== "reported") shape.style.width = `${Math.max(right - left, 0)}%`;
  if (state && !statement.end) shape.classList.add("open-end");
  if (state && !statement.start) shape.classList.add("open-start");
  return shape;
}

function axis(firstYear, lastYear) {
  const years = lastYear - firstYear;
  const step = [1, 2, 5, 10, 20, 50, 100].find((width) => years / width <= 6) ?? 200;
  const ticks = el("div", { class: "axis", "aria-hidden": "true" });
  for (let year = Math.ceil(firstYear / step) * step; year < lastYear; year += step) {
    const tick = el("span", null, String(year));
    tick.style.left = `${(100 * (year - firstYear)) / years}%`;
    ticks.append(tick);
  }
  return ticks;
}
