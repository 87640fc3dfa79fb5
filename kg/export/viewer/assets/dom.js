// Elements are made here and only here; whatever comes from a document goes in as a text node.
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

/** An element; `fields` are attributes, except `on…` handlers given as functions; children are nodes or strings. */
function h(tag, fields, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(fields || {})) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function svg(tag, fields, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(fields)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A name that keeps its own direction of writing to itself. */
function name(text) {
  return h("bdi", {}, text);
}

/** Text with its invisible characters made visible ("U+202E"), so that what is read is what is there. */
function plainly(text) {
  const parts = [];
  let clean = "";
  for (const character of text) {
    if (INVISIBLE.test(character)) {
      parts.push(clean);
      const code = character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      parts.push(h("span", { class: "hiddenmark", title: "an invisible character" }, "U+" + code));
      clean = "";
    } else {
      clean += character;
    }
  }
  parts.push(clean);
  return parts;
}

function pattern(ids) {
  const names = ids.flatMap((id) => [entities.get(id).label, ...entities.get(id).aliases]).filter(Boolean);
  names.sort((a, b) => b.length - a.length);
  const escaped = names.map((each) => each.replace(/[.*+?^${}()|[\]\\/-]/gu, "\\$&").replace(/\\-/gu, "-"));
  return "(?<![\\p{L}\\p{N}])(?:" + escaped.join("|") + ")(?![\\p{L}\\p{N}])";
}

/** A quotation in which the names of the two ends are marked. */
function quotation(text, subject, object) {
  const ends = [pattern([subject])];
  if (object !== undefined && object !== subject) ends.push(pattern([object]));
  const finder = new RegExp(ends.map((each) => "(" + each + ")").join("|"), "giu");
  const block = h("blockquote", { dir: "auto" });
  let from = 0;
  for (const found of text.matchAll(finder)) {
    block.append(...plainly(text.slice(from, found.index)));
    block.append(h("mark", { class: found[1] ? "subject" : "object" }, ...plainly(found[0])));
    from = found.index + found[0].length;
  }
  block.append(...plainly(text.slice(from)));
  return block;
}

/** A whole number with commas; the browser's own way loads its tables of languages first. */
function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

function plural(count, one, many) {
  return grouped(count) + " " + (count === 1 ? one : many || one + "s");
}
