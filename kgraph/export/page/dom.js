// Making elements. Text from documents reaches the page through text nodes alone, never as markup.
"use strict";

// An element with properties (class, attributes, on… listeners) and children (nodes, texts; null is left out).
function el(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

// A link to a page elsewhere, or only its words where the address is none of the web.
function webLink(words, address) {
  if (!/^https?:\/\//i.test(address)) return document.createTextNode(words);
  return el("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, words);
}

// Items by the hundred: appends the first `step` of them to `list`, and a button for the next.
function fill(list, items, render, step = 100) {
  let shown = 0;
  const more = el("button", { type: "button", class: "quiet more", onclick: () => grow(true) });
  const grow = (focus) => {
    const next = items.slice(shown, shown + step).map(render);
    list.append(...next);
    shown += next.length;
    if (shown < items.length) {
      more.textContent = `Show ${count(Math.min(step, items.length - shown), "more", "more")} of ${number(items.length - shown)}`;
      list.after(more);
    } else more.remove();
    if (focus) next[0]?.querySelector("a, button, summary")?.focus();
  };
  // The button needs a parent to stand in, which the list may get only later.
  queueMicrotask(() => grow(false));
  return list;
}

function number(value) {
  return value.toLocaleString("en-GB");
}

function count(value, one, many = `${one}s`) {
  return `${number(value)} ${value === 1 ? one : many}`;
}
