// Which documents count: a list to search in, with all, none and only.
const MOST_SOURCES = 60;
const sourcing = { rows: new Map(), documents: -1, counted: "", parts: null };

register({ name: "sources", filter: true, read: readSources, write: writeSources });
filterTests.push({ name: "document", keep: (statement, filters) => filters.sources.only === filters.sources.ids.has(statement.document) });

/** "+…" are the only ones wanted, "-…" those left out; a server may know documents that the page has yet to load. */
function readSources(text) {
  const named = text && /^[+-]/.test(text) ? unpack(text.slice(1)) : [];
  const ids = named.filter((id) => data.live || documents.has(id));
  const only = Boolean(text) && text[0] === "+" && (ids.length > 0 || !named.length);
  state.sources = { only, ids: new Set(ids) };
}

function writeSources() {
  const { only, ids } = state.sources;
  return only || ids.size ? (only ? "+" : "-") + pack([...ids].sort()) : "";
}

function takesSource(id) {
  return state.sources.only === state.sources.ids.has(id);
}

function switchSource(id, on) {
  const { only, ids } = state.sources;
  const changed = new Set(ids);
  if (on === only) changed.add(id);
  else changed.delete(id);
  refilter({ sources: { only, ids: changed } });
}

/** Leaves one document; where it is the only one already, all of them. */
function onlySource(id) {
  const { only, ids } = state.sources;
  const alone = only && ids.size === 1 && ids.has(id);
  refilter({ sources: { only: !alone, ids: new Set(alone ? [] : [id]) } });
}

/** The part of the legend for documents; hidden while there is but one. */
function sourceFilter() {
  const button = (label, only) => h("button", { type: "button", class: "link", onclick: () => refilter({ sources: { only, ids: new Set() } }) }, label);
  const parts = {
    field: h("input", { type: "search", class: "find", "aria-label": "Find a source document", placeholder: "Find a document", autocomplete: "off", spellcheck: "false", oninput: listSources }),
    list: h("div", { class: "sources" }),
    rest: h("p", { class: "note", role: "status" }),
  };
  parts.set = h("fieldset", { "data-facet": "document", hidden: true },
    h("legend", {}, "Source documents ", h("span", { class: "pick" }, button("all", false), " · ", button("none", true))), parts.field, parts.list, parts.rest);
  sourcing.parts = parts;
  return parts.set;
}

/** The documents that the words sought leave, those with most claims first. */
function soughtSources() {
  const words = fold(sourcing.parts.field.value).split(/\s+/).filter(Boolean);
  const weight = new Map();
  for (const statement of statements) weight.set(statement.document, (weight.get(statement.document) || 0) + 1);
  const held = (row) => {
    const text = fold([row.title, row.publisher, row.date, row.file].join(" "));
    return words.every((word) => text.includes(word));
  };
  return [...documents.values()].filter(held)
    .sort((a, b) => (weight.get(b.id) || 0) - (weight.get(a.id) || 0) || a.title.localeCompare(b.title, "en") || (a.id < b.id ? -1 : 1));
}

function listSources() {
  const { list: box, rest } = sourcing.parts;
  const found = soughtSources();
  sourcing.rows.clear();
  box.replaceChildren(...found.slice(0, MOST_SOURCES).map(sourceItem));
  const more = found.length - MOST_SOURCES;
  const none = "No document of that name" + (data.partial ? " is loaded." : ".");
  rest.textContent = !found.length ? none : more > 0 ? `${grouped(more)} more; name one to find it.` : "";
  markSources();
}

function sourceItem(row) {
  const box = h("input", { type: "checkbox", onchange: (event) => switchSource(row.id, event.target.checked) });
  const count = h("span", { class: "count" });
  sourcing.rows.set(row.id, { box, count });
  const only = h("button", { type: "button", class: "only", "aria-label": `Only ${row.title}`, onclick: () => onlySource(row.id) }, "only");
  const more = [row.publisher, row.date, row.file].filter(Boolean).join(" · ");
  return h("div", { class: "item plain", title: more }, h("label", {}, box, h("span", { class: "name" }, name(row.title)), count), only);
}

/** How many statements the other filters leave of each document, and which documents count. */
function markSources() {
  const found = new Map();
  for (const statement of statements) {
    if (passes(statement, state, "document")) found.set(statement.document, (found.get(statement.document) || 0) + 1);
  }
  for (const [id, { box, count }] of sourcing.rows) {
    box.checked = takesSource(id);
    count.textContent = grouped(found.get(id) || 0);
  }
}

function updateSources() {
  if (sourcing.counted === countsKey()) return undefined;
  sourcing.counted = countsKey();
  const { parts } = sourcing;
  parts.set.hidden = documents.size < 2 && !state.sources.only && !state.sources.ids.size;
  parts.field.hidden = documents.size < 9;
  if (sourcing.documents === documents.size) return markSources();
  sourcing.documents = documents.size;
  return listSources();
}
