// Dates in English: EDTF (ISO 8601-2) as kgraph writes it.
"use strict";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const GROUPS = {
  21: "spring", 22: "summer", 23: "autumn", 24: "winter", 33: "first quarter of", 34: "second quarter of",
  35: "third quarter of", 36: "fourth quarter of", 40: "first half of", 41: "second half of",
};

// "2019-05-06" → "6 May 2019"; "2019-05" → "May 2019"; "XXXX-05" → "May, year unknown"; others as they are.
function readDate(edtf) {
  const match = /^([\dX]{4})(?:-(\d\d))?(?:-(\d\d))?([?~%]?)$/.exec(edtf);
  if (!match) return edtf === ".." ? "" : edtf;
  const [, year, month, day, doubt] = match;
  const name = MONTHS[Number(month) - 1] ?? GROUPS[Number(month)];
  const known = year.replace(/^(\d{3})X$/, "$10s");
  const parts = [day ? String(Number(day)) : "", name ?? "", year === "XXXX" ? "" : known].filter(Boolean);
  const words = parts.join(" ") + (year === "XXXX" ? ", year unknown" : "");
  return doubt ? `about ${words}` : words;
}

// "2019-05-06/2019-05-17" → "6 May 2019 – 17 May 2019".
function readWhen(edtf) {
  return edtf.split("/").map(readDate).join(" – ");
}

// When a statement is or was so, by its own words; "" where it has none.
function whenOf(statement) {
  if (statement.when) return readWhen(statement.when);
  if (statement.start && statement.end) return `${readWhen(statement.start)} – ${readWhen(statement.end)}`;
  if (statement.start) return `since ${readWhen(statement.start)}`;
  return statement.end ? `until ${readWhen(statement.end)}` : "";
}
