// Search: a combobox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/) over names, and over sentences.
"use strict";

const MOST_FOUND = 10;

class Search {
  constructor(graph, choose, chooseWords) {
    this.choose = choose;
    this.chooseWords = chooseWords;
    this.input = byId("search");
    this.list = byId("found");
    this.names = graph.entities.map((entity) => ({ entity, names: [entity.label, ...entity.names].map(folded) }));
    this.statements = graph.statements;
    this.input.addEventListener("input", () => this.find());
    this.input.addEventListener("focus", () => this.input.value && this.find());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    // A click must not take the focus away before it counts.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  find() {
    const words = folded(this.input.value).trim();
    this.list.replaceChildren();
    this.at = -1;
    this.options = [];
    if (!words) return this.close();
    for (const { entity, name } of this.ranked(words).slice(0, MOST_FOUND)) {
      const other = name > 0 ? el("small", null, `also: ${entity.names[name - 1]}`) : null;
      const about = el("small", null, `${entity.type.label}, ${count(entity.statements.length, "statement")}`);
      this.add([el("i", { class: `swatch ${typeClass(entity.type)}` }), el("span", { class: "words" }, entity.label), other, about], () => this.choose(entity));
    }
    const inSentences = findStatements(this.statements, this.input.value).length;
    if (inSentences) {
      this.add([el("span", { class: "words" }, `“${this.input.value.trim()}” in ${count(inSentences, "statement")} and sentences`)], () => this.chooseWords(this.input.value.trim()));
    }
    if (!this.options.length) this.list.append(el("li", { class: "none", role: "option", "aria-disabled": "true" }, "Nothing found"));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.move(this.options.length ? 0 : -1);
  }

  // Entities whose names have a word that begins so: whole names first, then the better connected.
  ranked(words) {
    const found = [];
    for (const { entity, names } of this.names) {
      let best = 0;
      let which = 0;
      names.forEach((name, i) => {
        const at = name.indexOf(words);
        if (at < 0) return;
        const score = name === words ? 4 : at === 0 ? 3 : /[\s\-'’(]/.test(name[at - 1]) ? 2 : 1;
        if (score > best) [best, which] = [score, i];
      });
      if (best) found.push({ entity, name: which, score: best });
    }
    return found.sort((a, b) => b.score - a.score || b.entity.statements.length - a.entity.statements.length || a.entity.id - b.entity.id);
  }

  add(children, chosen) {
    const option = el("li", { role: "option", id: `found-${this.options.length}`, "aria-selected": "false" }, ...children);
    option.addEventListener("click", () => this.take(chosen));
    this.options.push({ option, chosen });
    this.list.append(option);
  }

  take(chosen) {
    this.close();
    chosen();
  }

  press(event) {
    if (event.key === "Escape") {
      if (this.list.hidden) this.input.value = "";
      this.close();
    } else if (this.list.hidden) {
      if (event.key === "ArrowDown" || event.key === "Enter") this.find();
      return;
    } else if (event.key === "ArrowDown") this.move((this.at + 1) % this.options.length);
    else if (event.key === "ArrowUp") this.move((this.at - 1 + this.options.length) % this.options.length);
    else if (event.key === "Enter" && this.at >= 0) this.take(this.options[this.at].chosen);
    else return;
    event.preventDefault();
  }

  move(at) {
    this.options[this.at]?.option.setAttribute("aria-selected", "false");
    this.at = at;
    const option = this.options[at]?.option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

// Statements that have these words in their line or in a sentence they were read from.
function findStatements(statements, words) {
  const wanted = folded(words).trim();
  return statements.filter((statement) => {
    statement.folded ??= folded([statement.label, ...statement.excerpts.map((excerpt) => excerpt.sentence)].join("\n"));
    return statement.folded.includes(wanted);
  });
}
