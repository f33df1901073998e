// Writes LICENCES.txt: the licence of each package that is in sigma.min.js.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const { inputs } = JSON.parse(readFileSync("node_modules/.bundle.json", "utf8"));
const names = new Set(Object.keys(inputs).map((path) => path.match(/node_modules\/([^/]+)/)?.[1]).filter(Boolean));
const parts = [...names].sort().map((name) => {
  const folder = `node_modules/${name}/`;
  const { version } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = readFileSync(folder + file, "utf8").replace(/\r/g, "").trim();
  return `${name} ${version}\n\n${text}\n`;
});
writeFileSync("LICENCES.txt", `sigma.min.js contains:\n\n${parts.join(`\n${"-".repeat(72)}\n\n`)}`);
