// What the reader has chosen, kept in the address's fragment so that a link brings it back.
const state = { off: {}, least: 0, entity: null, edge: null, table: false, theme: null };
const listeners = [];
let current = null; // what `visible` says of the state now

function usualOff(facet) {
  return facet === "role" ? data.roles.filter((role) => role.off).map((role) => role.id) : [];
}

function resetFilters() {
  for (const facet of Object.keys(facets)) state.off[facet] = new Set(usualOff(facet));
  // A picture of technologies and places alone would otherwise open empty.
  if (!data.entities.some((entity) => !state.off.role.has(entity.role))) state.off.role.clear();
  state.least = 0;
}

function readAddress() {
  const fields = new URLSearchParams(location.hash.slice(1));
  resetFilters();
  for (const facet of Object.keys(facets)) {
    if (fields.has(facet)) {
      const wanted = fields.get(facet).split(",");
      state.off[facet] = new Set(wanted.filter((id) => facets[facet].has(id)));
    }
  }
  const least = Number(fields.get("sure"));
  state.least = least >= 0 && least <= 1 ? least : 0;
  state.entity = entities.has(fields.get("entity")) ? fields.get("entity") : null;
  state.edge = !state.entity && edges.has(fields.get("edge")) ? fields.get("edge") : null;
  state.table = fields.get("view") === "table";
  state.theme = ["light", "dark"].includes(fields.get("theme")) ? fields.get("theme") : null;
}

function writeAddress() {
  const fields = new URLSearchParams();
  if (state.entity) fields.set("entity", state.entity);
  if (state.edge) fields.set("edge", state.edge);
  for (const facet of Object.keys(facets)) {
    const off = [...state.off[facet]].sort();
    if (off.join() !== [...usualOff(facet)].sort().join()) fields.set(facet, off.join());
  }
  if (state.least) fields.set("sure", String(state.least));
  if (state.table) fields.set("view", "table");
  if (state.theme) fields.set("theme", state.theme);
  const fragment = fields.toString();
  if (fragment !== location.hash.slice(1)) history.replaceState(null, "", "#" + fragment);
}

/** Changes the state and tells every part of the page; `what` names the fields that change. */
function change(what) {
  Object.assign(state, what);
  current = visible(state);
  if (state.edge && !current.edges.has(state.edge)) state.edge = null;
  writeAddress();
  for (const listener of listeners) listener(what);
}

function select(kind, id) {
  change({ entity: kind === "entity" ? id : null, edge: kind === "edge" ? id : null });
}

function isDark() {
  return state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const small = () => matchMedia("(max-width: 860px)").matches;
