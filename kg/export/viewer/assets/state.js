// What the reader has chosen, kept in the address's fragment so that a link brings it back.
const state = { off: {}, least: 0, entity: null, edge: null, table: false, theme: null, woken: new Set() };
const listeners = [];
const fields = [];
let current = null; // what `visible` says of the state now
let counted = null; // what `tally` says of the state now, once it was asked

/**
 * A field of the address: `read(text)` puts it into the state (null: it is absent, so the usual value holds), `write()` gives
 * its text, "" for the usual value. `filter`: Reset sets it back. `slide`: a burst of changes is one step of the history.
 * `undo`: Undo brings it back.
 */
function register(field) {
  fields.push({ filter: false, slide: false, undo: true, ...field });
}

/** A list of ids as one text, and back; an id may hold anything. */
function pack(ids) {
  return ids.map((id) => String(id).replace(/[%,;]/g, encodeURIComponent)).join(",");
}

function unpack(text) {
  return (text || "").split(",").filter(Boolean).map(plainId);
}

function plainId(text) {
  return text.replace(/%(25|2C|3B)/g, (code) => decodeURIComponent(code));
}

function usualOff(facet) {
  const usual = facet === "role" ? data.roles.filter((role) => role.off).map((role) => role.id) : [];
  // A picture of technologies and places alone would otherwise open empty.
  return usual.length && ![...entities.values()].some((entity) => !usual.includes(entity.role)) ? [] : usual;
}

register({
  name: "entity", undo: false,
  read: (text) => { state.entity = entities.has(text) ? text : null; },
  write: () => state.entity || "",
});
register({
  name: "edge", undo: false,
  read: (text) => { state.edge = !state.entity && edges.has(text) ? text : null; },
  write: () => state.edge || "",
});
for (const facet of Object.keys(facets)) {
  register({
    name: facet, filter: true,
    read: (text) => { state.off[facet] = new Set((text === null ? usualOff(facet) : unpack(text)).filter((id) => facets[facet].has(id))); },
    write: () => {
      const off = pack([...state.off[facet]].sort());
      return off === pack(usualOff(facet).sort()) ? "" : off || "-";
    },
  });
}
register({
  name: "sure", filter: true, slide: true,
  read: (text) => { state.least = Number(text) >= 0 && Number(text) <= 1 ? Number(text) : 0; },
  write: () => (state.least ? String(state.least) : ""),
});
register({ name: "view", undo: false, read: (text) => { state.table = text === "table"; }, write: () => (state.table ? "table" : "") });
register({
  name: "theme", undo: false,
  read: (text) => { state.theme = ["light", "dark"].includes(text) ? text : null; },
  write: () => state.theme || "",
});

function resetFilters() {
  for (const field of fields) if (field.filter) field.read(null);
}

/** Puts the fields of `text`, a fragment, into the state; those that `keep` names stay as they are. */
function readFields(text, keep = () => false) {
  const given = new URLSearchParams(text);
  for (const field of fields) if (!keep(field)) field.read(given.get(field.name));
}

function writeFields(test = () => true) {
  const given = new URLSearchParams();
  for (const field of fields) {
    const text = test(field) ? field.write() : "";
    if (text) given.set(field.name, text);
  }
  return given.toString();
}

/** Changes the state and tells every part of the page; `what` names the fields that change. */
function change(what) {
  Object.assign(state, what);
  refresh();
  record(what);
  tellAll(what);
}

function tellAll(what) {
  for (const listener of listeners) listener(what);
}

/** Brings `current` and `view` in step with the state. */
function refresh() {
  counted = null;
  updateCurrent();
  if (state.edge && !current.edges.has(state.edge)) state.edge = null;
}

/** The counts of the legend, made at the first asking after a change. */
function tallied() {
  counted = counted || tally(state);
  return counted;
}

function select(kind, id) {
  change({ entity: kind === "entity" ? id : null, edge: kind === "edge" ? id : null });
}

function isDark() {
  return state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const small = () => matchMedia("(max-width: 860px)").matches;
