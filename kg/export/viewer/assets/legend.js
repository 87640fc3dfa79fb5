// The legend is the filter: each line says what a mark means, how many there are, and switches them.
const legend = document.getElementById("legend");
const GROUPS = [["role", "Entities"], ["relation", "Relations"], ["modality", "How it is said"], ["polarity", "Affirmed or negated"]];
const NOTES = {
  role: () => ([...entities.values()].some((entity) => !entity.known) ? "Hollow: not in the registry." : ""),
  relation: () => (edges.size ? "The wider a line, the more claims." : ""),
};
const lines = new Map();
const told = h("p", { class: "note told", role: "status" });

function buildLegend() {
  for (const [facet, heading] of GROUPS) {
    const set = h("fieldset", { "data-facet": facet }, h("legend", {}, heading));
    for (const row of facets[facet].values()) set.append(legendLine(facet, row));
    const note = NOTES[facet] && NOTES[facet]();
    if (note) set.append(h("p", { class: "note" }, note));
    if (facet === "role") set.append(told);
    legend.append(set);
  }
  const slider = h("input", { type: "range", min: 0, max: 1, step: 0.05, id: "least", oninput: (event) => refilter({ least: Number(event.target.value) }) });
  legend.append(
    h("div", { class: "sure" }, h("label", { for: "least" }, h("span", {}, "Confidence at least"), h("output", { id: "least-value" })), slider),
    h("div", { id: "filters-more" }),
    h("button", { type: "button", class: "reset", onclick: () => { tell(""); resetFilters(); change({}); fit(); } }, "Reset filters"),
  );
}

function legendLine(facet, row) {
  const box = h("input", { type: "checkbox", id: `show-${facet}-${row.id}`, onchange: (event) => toggle(facet, row.id, event.target.checked) });
  const count = h("span", { class: "count" });
  const mark = h("span", { class: "swatch" });
  const only = h("button", { type: "button", class: "only", "aria-label": `Only ${row.label}`, onclick: () => onlyThis(facet, row.id) }, "only");
  lines.set(facet + " " + row.id, { box, count, mark, row });
  return h("div", { class: "item" }, h("label", {}, box, mark, h("span", { class: "name" }, name(row.label)), count), only);
}

function toggle(facet, id, on) {
  const off = new Set(state.off[facet]);
  if (on) off.delete(id);
  else off.add(id);
  tell("");
  refilter({ off: on && facet === "relation" ? awake(id, off) : { ...state.off, [facet]: off } });
}

/** The filters with a relation on and, where its ends are switched off as a kind, that kind with it. */
function awake(relation, off) {
  const filters = { ...state, off: { ...state.off, relation: off } };
  const missing = tally(filters).missing.get(relation) || [];
  tell(missing.map((role) => roles.get(role).label).join(", "));
  return { ...filters.off, role: new Set([...state.off.role].filter((role) => !missing.includes(role))) };
}

/** Switches a kind on for an entity that was looked for. */
function wakeRole(role) {
  tell(state.off.role.has(role) ? roles.get(role).label : "");
  if (!state.off.role.has(role)) return;
  const off = new Set(state.off.role);
  off.delete(role);
  change({ off: { ...state.off, role: off } });
}

/** Says which kinds were switched on along with something else; nothing where there are none. */
function tell(kinds) {
  told.textContent = kinds && "Switched on: " + kinds + ".";
}

/** Leaves one line of a group on; where it is the only one already, all of them. */
function onlyThis(facet, id) {
  const others = [...facets[facet].keys()].filter((other) => other !== id);
  const alone = !state.off[facet].has(id) && others.every((other) => state.off[facet].has(other));
  const off = new Set(alone ? [] : others);
  tell("");
  refilter({ off: facet === "relation" && !alone ? awake(id, off) : { ...state.off, [facet]: off } });
}

function updateLegend() {
  const { counts: numbers, missing } = tallied();
  for (const [facet] of GROUPS) {
    for (const id of facets[facet].keys()) {
      const line = lines.get(facet + " " + id);
      // A relation to a kind that is switched off looks off as well, and is switched on together with the kind.
      line.box.checked = !state.off[facet].has(id) && !(facet === "relation" && (missing.get(id) || []).length);
      line.count.textContent = grouped(numbers[facet].get(id));
      line.mark.replaceChildren(facetMark(facet, line.row));
    }
  }
  document.getElementById("least").value = state.least;
  document.getElementById("least-value").textContent = state.least ? Math.round(state.least * 100) + " %" : "any";
}
