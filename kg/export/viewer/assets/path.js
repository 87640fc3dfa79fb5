// The path between two entities: a small form asks for the ends and for what may not lie on it.
const pathForm = document.getElementById("path-form");
const PATHS = 5;
const RIVALRY = "competesWith"; // joins nearly all to nearly all: no path that says anything
const ends = { from: null, to: null };

register({
  name: "path",
  read: (text) => {
    const [from, to, ...rest] = unpack(text);
    state.path = entities.has(from) && entities.has(to) && from !== to && !rest.length ? { from, to } : null;
  },
  write: () => (state.path ? pack([state.path.from, state.path.to]) : ""),
});
register({
  name: "without",
  read: (text) => { state.without = new Set((text === null ? [RIVALRY] : unpack(text)).filter((id) => relations.has(id))); },
  write: () => {
    const usual = relations.has(RIVALRY) ? RIVALRY : "";
    const now = [...state.without].sort().join();
    return !state.path || now === usual ? "" : now || "-";
  },
});

/** What the path depends on: its ends, what it avoids, and the filters. */
function pathKey() {
  if (!state.path) return "";
  return [state.path.from, state.path.to, ...[...state.without].sort(), writeFields((field) => field.filter)].join("\n");
}

/** Finds the path that the state asks for; the answer is kept until the question changes. */
async function findPath() {
  const key = pathKey();
  if (!key || (routes && routes.key === key)) return;
  const { from, to } = state.path;
  const { paths, fragment } = await source.path(from, to, { without: [...state.without], most: PATHS });
  absorb(fragment);
  const ids = paths.map((path) => path.reduce((route, edge) => {
    const { from: a, to: b } = edges.get(edge);
    return [...route, a === route.at(-1) ? b : a];
  }, [from]));
  routes = { key, paths, ids };
}

/** Shows the path between two entities. */
async function showPath(from, to) {
  state.path = { from, to };
  await trying(findPath);
  change({ path: { from, to }, ego: null, entity: null, edge: null, table: false });
  fit();
  announce(pathWords());
}

function pathWords() {
  if (!routes || !routes.ids.length) return "No path between the two under these filters.";
  const steps_ = routes.ids[0].length - 1;
  return (routes.ids.length === 1 ? "One path" : routes.ids.length + " paths") + ", the shortest of " + plural(steps_, "step");
}

/** After a change of filters the path is sought again. */
function updatePath() {
  const key = pathKey();
  if (!key || (routes && routes.key === key)) return;
  trying(findPath).then(() => { if (routes && routes.key === pathKey()) { change({}); fit(); } });
}

function pathChip() {
  const { from, to } = state.path;
  const leave = () => { change({ path: null }); fit(); };
  const found = routes && routes.key === pathKey() && !routes.ids.length ? h("span", { class: "none" }, "no path") : null;
  return [chip([h("span", { class: "what" }, name(entities.get(from).label), " → ", name(entities.get(to).label)), " ", found], leave, "Leave the path")];
}

/** A field that completes names of entities; `chosen(id)` is told, null while none is. */
function picker(id, label, chosen) {
  const options = h("ul", { id: id + "-found", role: "listbox", "aria-label": label, hidden: true });
  let hits = [];
  let at = -1;
  const input = h("input", { id, type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": id + "-found", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" });
  const mark_ = () => [...options.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
  const close = () => { options.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const take = (hit) => { input.value = hit.label; close(); chosen(hit.id); };
  input.addEventListener("input", async () => {
    chosen(null);
    const sought = input.value;
    const found = (await trying(() => source.search(sought))) || [];
    if (input.value !== sought) return;
    hits = found.slice(0, 8);
    at = hits.length ? 0 : -1;
    options.replaceChildren(...hits.map((hit, number) => h("li", { role: "option", id: `${id}-${number}`, onmousedown: (event) => { event.preventDefault(); take(hit); } }, name(hit.label))));
    options.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(Boolean(hits.length)));
    mark_();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const step_ = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (options.hidden) return;
    if (step_) at = (at + step_ + hits.length) % hits.length;
    else if (event.key === "Enter") take(hits[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
    mark_();
    if (!options.hidden) input.setAttribute("aria-activedescendant", `${id}-${at}`);
  });
  return { input, box: h("div", { class: "picker" }, h("label", { for: id }, label), input, options) };
}

/** Opens the form; `from` is the entity chosen, if any. */
function askPath(from) {
  const known = state.path || { from, to: null };
  Object.assign(ends, { from: known.from || null, to: known.to || null });
  const submit = h("button", { type: "submit", class: "main" }, "Find path");
  const ready = () => { submit.disabled = !ends.from || !ends.to || ends.from === ends.to; };
  const a = picker("path-from", "From", (id) => { ends.from = id; ready(); });
  const b = picker("path-to", "To", (id) => { ends.to = id; ready(); });
  if (ends.from) a.input.value = entities.get(ends.from).label;
  if (ends.to) b.input.value = entities.get(ends.to).label;
  const boxes = [...relations.values()].filter((row) => !row.figures).map((row) => {
    const box = h("input", { type: "checkbox", value: row.id, checked: !state.without.has(row.id) });
    return h("label", {}, box, " ", name(row.label));
  });
  const close = () => askedPath(false);
  pathForm.replaceChildren(h("form", { onsubmit: (event) => {
    event.preventDefault();
    const off = [...pathForm.querySelectorAll("input[type=checkbox]:not(:checked)")].map((box) => box.value);
    state.without = new Set(off);
    close();
    showPath(ends.from, ends.to);
  } },
  h("h2", {}, "Path between two"), a.box, b.box,
  h("fieldset", {}, h("legend", {}, "Relations it may take"), boxes),
  h("p", { class: "under" }, "What does not hold is never part of a path; the filters apply."),
  h("div", { class: "buttons" }, submit, h("button", { type: "button", onclick: close }, "Cancel"))));
  ready();
  askedPath(true);
  (ends.from && !ends.to ? b : a).input.focus();
}

function askedPath(on) {
  const inside = pathForm.contains(document.activeElement);
  pathForm.hidden = !on;
  if (!on && inside) document.getElementById("ask-path").focus();
}
