// Puts the parts together: the address is read, each part listens to changes, the first picture is drawn.
function totals() {
  if (data.totals) {
    document.getElementById("totals").textContent = data.totals;
    return;
  }
  const claims = statements.filter((statement) => statement.object !== undefined);
  const figures = statements.filter((statement) => statement.relation === FIGURES);
  const remarks = statements.filter((statement) => statement.relation === REMARKS);
  const notes = [plural(documents.size, "document"), plural(claims.length, "claim") + manners(claims)];
  if (figures.length) notes.push(plural(figures.length, "figure"));
  if (remarks.length) notes.push(plural(remarks.length, "remark"));
  notes.push(plural(entities.size, "entity", "entities"));
  document.getElementById("totals").textContent = notes.join(" · ");
}

/** How many claims are not simply stated: " (10 planned, 2 negated)", or nothing. */
function manners(rows) {
  const count = (test) => rows.filter(test).length;
  const special = [
    [count((row) => row.modality === "planned"), "planned"],
    [count((row) => row.modality === "possible"), "possible"],
    [count((row) => row.polarity === "negated"), "negated"],
    [count((row) => conflictsOf.has(row.id)), "disputed"],
  ].filter(([number]) => number).map(([number, word]) => grouped(number) + " " + word);
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
  else if (legend.contains(document.activeElement)) document.getElementById("filters").focus();
}

function updateCount() {
  document.getElementById("shown").textContent = describe();
}

/** Reads the address, draws the first picture, and from then on follows the reader. */
async function start() {
  startSource();
  readAddress();
  await recall();
  refresh();
  buildLegend();
  document.getElementById("filters-more").append(dateFilter(), sourceFilter());
  totals();
  startGraph();
  startSearch();
  startMenus();
  startTable();
  startTake();
  startHistory();
  // The bar over the graph comes before it: the graph must know its size.
  listeners.push(updateTheme, updateView, updateMoves, updateGraph, updateLegend, updateDates, updateSources, updatePanel, updateTable, updateCount, updatePath);
  listen();
  tellAll({});
  started = true;
  network.setSize("100%", "100%"); // what has been written round the graph since it started has changed its room
  if (state.entity) centre(state.entity, false);
  else fit(false);
  document.documentElement.setAttribute("data-ready", "");
}

function listen() {
  press("as-graph", () => { change({ table: false }); fit(false); });
  press("as-table", () => change({ table: true }));
  press("fit", () => { change({ table: false }); fit(); });
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
}

start();
// For scripts that drive the page: what is drawn, and where on the canvas.
window.semipack = Object.freeze({
  links: () => links.get(),
  nodes: () => nodes.get(),
  view: () => ({ mode: view.mode, entities: [...view.entities], nodes: [...view.nodes.keys()], scale: network.getScale() }),
  place: (id) => network.canvasToDOM(network.getPosition(id)),
  middle: (id) => edgePoint(id, 0.5),
  names: () => [...names.offsets].map(([id, box]) => {
    const at = network.canvasToDOM(network.getPosition(id));
    return { id, x: at.x + box.x, y: at.y + box.y, w: box.w, h: box.h };
  }),
});
