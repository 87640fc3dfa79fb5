// Puts the parts together: the address is read, each part listens to changes, the first picture is drawn.
function totals() {
  const notes = [plural(data.documents.length, "document"), plural(data.claims.length, "claim") + manners(data.claims)];
  if (data.figures.length) notes.push(plural(data.figures.length, "figure") + manners(data.figures));
  notes.push(plural(data.entities.length, "entity", "entities"));
  document.getElementById("totals").textContent = notes.join(" · ");
}

/** How many of these are not simply stated: " (10 planned, 2 negated)", or nothing. */
function manners(rows) {
  const count = (test) => rows.filter(test).length;
  const special = [
    [count((row) => row.modality === "planned"), "planned"],
    [count((row) => row.modality === "possible"), "possible"],
    [count((row) => row.polarity === "negated"), "negated"],
    [count((row) => conflictsOf.has(row.id)), "disputed"],
  ].filter(([number]) => number).map(([number, word]) => number.toLocaleString("en") + " " + word);
  return special.length ? " (" + special.join(", ") + ")" : "";
}

function updateTheme() {
  if (state.theme) document.documentElement.setAttribute("data-theme", state.theme);
  else document.documentElement.removeAttribute("data-theme");
  document.getElementById("theme").textContent = isDark() ? "Light" : "Dark";
}

function press(id, action) {
  document.getElementById(id).addEventListener("click", action);
}

function showLegend(on) {
  legend.classList.toggle("open", on);
  document.getElementById("filters").setAttribute("aria-expanded", String(on));
  if (on) legend.focus();
}

function keys(event) {
  if (event.key === "Escape") {
    if (legend.classList.contains("open")) showLegend(false);
    else if (document.activeElement !== field) select(null, null);
  }
  if (event.target instanceof Element && event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    field.focus();
  } else if (event.key === "f" && !state.table) fit();
}

readAddress();
buildLegend();
totals();
startGraph();
startSearch();
listeners.push(updateTheme, updateView, updateGraph, updateLegend, updatePanel, updateTable);
press("as-graph", () => { change({ table: false }); fit(false); });
press("as-table", () => change({ table: true }));
press("fit", () => { change({ table: false }); fit(); });
press("png", savePicture);
press("theme", () => change({ theme: isDark() ? "light" : "dark" }));
press("filters", () => showLegend(!legend.classList.contains("open")));
press("skip", (event) => {
  event.preventDefault();
  change({ table: true });
  tableView.focus();
});
document.getElementById("graph").addEventListener("pointerdown", () => showLegend(false));
document.addEventListener("keydown", keys);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => change({}));
addEventListener("hashchange", () => {
  readAddress();
  change({ entity: state.entity, edge: state.edge });
});
change({});
fit(false);
if (state.entity) centre(state.entity, false);
document.documentElement.setAttribute("data-ready", "");
// For scripts that drive the page: what is drawn, and where on the canvas.
window.semipack = Object.freeze({
  links: () => links.get(),
  nodes: () => nodes.get(),
  place: (id) => network.canvasToDOM(network.getPosition(id)),
  middle: (id) => edgePoint(id, 0.5),
  names: () => [...names.offsets].map(([id, box]) => {
    const at = network.canvasToDOM(network.getPosition(id));
    return { id, x: at.x + box.x, y: at.y + box.y, w: box.w, h: box.h };
  }),
});
