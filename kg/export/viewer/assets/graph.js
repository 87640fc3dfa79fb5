// The drawing. Places come with the page; the library draws nodes and lines, names and marks are drawn over them here.
const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Helvetica Neue", Arial, sans-serif';
const frame = document.getElementById("graph");
const nodes = new vis.DataSet();
const links = new vis.DataSet();
const degree = new Map();
const lit = { on: false, nodes: new Set(), edges: new Set(), hover: null };
let network = null;
let names = { key: "", offsets: new Map() };
let version = 0;
let stretched = [];
let strong = 6; // relations from which a name is set in bold
let busy = true; // while nodes and lines are being changed, an early redraw would find half of them
let steered = false; // whether the reader has moved the picture by hand since it was last fitted

function startGraph() {
  const many = data.network.edges.length > 600;
  network = new vis.Network(frame, { nodes, edges: links }, {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false },
    nodes: { chosen: false, borderWidth: 1.5, label: undefined },
    edges: { chosen: false, selectionWidth: 0, hoverWidth: 0, endPointOffset: { from: 0, to: 0 } },
    interaction: { hover: true, tooltipDelay: 1e9, selectConnectedEdges: false, hideEdgesOnDrag: many, hideEdgesOnZoom: many },
  });
  const surface = frame.querySelector(".vis-network");
  surface.setAttribute("role", "application");
  surface.setAttribute("tabindex", "0");
  surface.setAttribute("aria-label", "Graph of entities and their relations. Arrow keys move it, plus and minus zoom, F shows everything. The table view lists the same claims.");
  surface.addEventListener("keydown", moveByKey);
  network.on("afterDrawing", drawOver);
  network.on("animationFinished", placeAfresh);
  network.on("click", (event) => {
    const node = event.nodes.find((id) => current.entities.has(id));
    const edge = event.edges.find((id) => current.edges.has(id));
    if (node !== undefined) select("entity", node);
    else if (edge !== undefined) select("edge", edge);
    else select(null, null);
  });
  network.on("hoverNode", (event) => hover({ node: event.node }, event.pointer.DOM));
  network.on("hoverEdge", (event) => hover({ edge: event.edge }, event.pointer.DOM));
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, () => hover(null));
  for (const event of ["dragStart", "zoom"]) network.on(event, () => { steered = true; });
  frame.addEventListener("pointerleave", leave);
  let known = frame.clientWidth;
  network.on("resize", () => {
    if (frame.hidden || Math.abs(frame.clientWidth - known) < 40) return;
    known = frame.clientWidth;
    setTimeout(() => { // behind the library's own answer to the new size
      updateGraph();
      fit(false);
    });
  });
}

function moveByKey(event) {
  const steps = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
  const scale = network.getScale();
  if (steps[event.key]) {
    const at = network.getViewPosition();
    network.moveTo({ position: { x: at.x + steps[event.key][0] / scale, y: at.y + steps[event.key][1] / scale } });
  } else if (event.key === "+" || event.key === "=") network.moveTo({ scale: scale * 1.25 });
  else if (event.key === "-") network.moveTo({ scale: scale / 1.25 });
  else return;
  steered = true;
  event.preventDefault();
}

/** Brings nodes and lines in step with the filters, the selection and the theme. */
function updateGraph() {
  lit.nodes.clear();
  lit.edges.clear();
  lit.on = Boolean(state.entity || state.edge);
  for (const id of current.edges.keys()) {
    const edge = edges.get(id);
    if (id === state.edge || edge.from === state.entity || edge.to === state.entity) {
      lit.edges.add(id);
      lit.nodes.add(edge.from).add(edge.to);
    }
  }
  if (state.entity) lit.nodes.add(state.entity);
  degree.clear();
  const beside = new Map();
  for (const id of current.edges.keys()) {
    const { from, to } = edges.get(id);
    for (const end of [from, to]) degree.set(end, (degree.get(end) || 0) + 1);
    const pair = from < to ? from + " " + to : to + " " + from;
    beside.set(pair, [...(beside.get(pair) || []), id]);
  }
  busy = true;
  // Places are set once for each shape of the canvas, so that what the reader has dragged stays where it is.
  const shape = stretch();
  const move = shape.join() !== stretched.join();
  stretched = shape;
  nodes.update(data.network.nodes.map((node) => ({ ...nodeLook(node), ...(move ? { x: node.x * shape[0], y: node.y * shape[1] } : {}) })));
  const ranks = [...degree.values()].sort((a, b) => b - a);
  strong = Math.max(6, ranks[Math.min(9, ranks.length - 1)] || 0);
  const bends = new Map();
  for (const ids of beside.values()) {
    ids.forEach((id, number) => bends.set(id, (number - (ids.length - 1) / 2) * 0.22));
  }
  links.update([...edges.values()].map((edge) => linkLook(edge, bends.get(edge.id) || 0)));
  version += 1;
  busy = false;
  network.redraw();
}

/** How far places are drawn out so that the picture takes the canvas's proportions: [across, down], 1 to 1.7. */
function stretch() {
  if (!frame.clientWidth) return stretched.length ? stretched : [1, 1]; // behind the table
  const xs = data.network.nodes.map((node) => node.x);
  const ys = data.network.nodes.map((node) => node.y);
  const extent = (all) => all.reduce((most, each) => Math.max(most, each), -Infinity) - all.reduce((least, each) => Math.min(least, each), Infinity);
  const ratio = (frame.clientWidth / (frame.clientHeight || 1)) / (Math.max(extent(xs), 200) / Math.max(extent(ys), 200));
  const limit = (value) => Math.min(Math.max(value, 1), 1.7);
  return data.network.nodes.length > 2 ? [limit(ratio), limit(1 / ratio)] : [1, 1];
}

function nodeLook(node) {
  const entity = entities.get(node.id);
  const paint = colour(roles.get(entity.role));
  const shown = current.entities.has(node.id) || node.id === state.entity;
  const faded = lit.on && !lit.nodes.has(node.id);
  const chosen = node.id === state.entity;
  return {
    id: node.id, shape: node.shape, size: node.size, hidden: !shown,
    opacity: faded ? 0.16 : 1,
    borderWidth: chosen ? 3.5 : entity.known ? 1 : 2.2,
    color: { background: entity.known ? paint : ink().page, border: chosen ? ink().ring : entity.known ? ink().page : paint },
  };
}

function linkLook(edge, bend) {
  const claims = current.edges.get(edge.id);
  if (!claims) return { id: edge.id, from: edge.from, to: edge.to, hidden: true };
  const relation = relations.get(edge.relation);
  const negated = edge.polarity === "negated";
  const said = strongest(claims);
  const faded = lit.on && !lit.edges.has(edge.id);
  const rival = relation.symmetric && !relation.shape ? 0.62 : 1; // rivalry is the most common line and the least news
  const crowd = Math.min(1, Math.max(0.2, Math.sqrt(250 / current.edges.size))); // many lines are drawn fainter
  const head = relation.shape ? { enabled: true, type: relation.shape, scaleFactor: relation.shape === "circle" ? 0.4 : 0.62 } : { enabled: false };
  // The bend is counted from the smaller to the larger name, so that lines of opposite direction part as well.
  const turned = edge.from < edge.to ? bend : -bend;
  return {
    id: edge.id, from: edge.from, to: edge.to, hidden: false,
    width: Math.min(5, 1.25 + 0.55 * (claims.length - 1)) * (lit.edges.has(edge.id) ? 1.25 : 1),
    dashes: DASHES[said],
    color: { color: negated ? ink().bad : colour(relation), opacity: faded ? 0.07 : FADE[said] * (lit.on ? 1 : rival * crowd), inherit: false },
    arrows: { to: head, from: relation.symmetric ? head : { enabled: false } },
    smooth: bend ? { enabled: true, type: turned > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(turned) } : { enabled: false, type: "continuous", roundness: 0 },
  };
}

function edgePoint(id, share) {
  const at = network.body.edges[id].edgeType.getPoint(share);
  return network.canvasToDOM(at);
}

/** Fits what is visible, its names included, into the free part of the canvas. */
function fit(move = true) {
  steered = false;
  show([...current.entities], move, 1.5, sheet());
}

/** Changes the filters by `what`, and fits the picture where that changes its nodes, unless the reader has moved it. */
function refilter(what) {
  const before = [...current.entities].sort().join();
  change(what);
  if (!steered && [...current.entities].sort().join() !== before) fit();
}

/** Brings the entity and all it is joined to into view. */
function centre(id, move = true) {
  steered = false;
  show([...new Set([id, ...lit.nodes])], move, 1.15, sheet());
}

/** How much of the canvas's lower part the panel covers. */
function sheet() {
  return small() && (state.entity || state.edge) ? document.getElementById("panel").offsetHeight : 0;
}

function show(ids, move, closest, covered) {
  const places = Object.values(network.getPositions(ids));
  if (!places.length || frame.hidden) return;
  const xs = places.map((place) => place.x);
  const ys = places.map((place) => place.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [side, end] = small() ? [44, 34] : [84, 46];
  const scale = Math.min((frame.clientWidth - 2 * side) / Math.max(right - left, 1), (frame.clientHeight - 2 * end - covered) / Math.max(bottom - top, 1), closest);
  const animation = move && !calm() ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + covered / 2 / scale }, scale: Math.max(scale, 0.02), animation });
  placeAfresh();
}

/** Finds sides for the names again, now that other parts of the canvas's edge are near. */
function placeAfresh() {
  version += 1;
  network.redraw();
}

const tip = document.getElementById("tip");

function hover(what, at) {
  if (what && !current.entities.has(what.node) && !current.edges.has(what.edge)) what = null;
  lit.hover = what && what.node !== undefined ? what.node : null;
  tip.hidden = !what || small();
  frame.querySelector("canvas").style.cursor = what ? "pointer" : "";
  if (!what) return;
  if (what.node !== undefined) {
    const entity = entities.get(what.node);
    const lines = (current.of.get(entity.id) || []).length;
    tip.replaceChildren(name(entity.label), h("small", {}, roles.get(entity.role).label + " · " + plural(lines, "claim")));
  } else {
    const edge = edges.get(what.edge);
    const claims = current.edges.get(what.edge) || [];
    const said = edge.polarity === "negated" ? "does not hold: " : "";
    tip.replaceChildren(
      said, name(entities.get(edge.from).label), " ", h("b", {}, relations.get(edge.relation).label), " ", name(entities.get(edge.to).label),
      h("small", {}, plural(claims.length, "claim") + " · " + [...new Set(claims.map((claim) => modalities.get(claim.modality).label.toLowerCase()))].join(", ")));
  }
  tip.style.left = Math.max(4, Math.min(at.x + 14, frame.clientWidth - tip.offsetWidth - 8)) + "px";
  tip.style.top = Math.max(4, Math.min(at.y + 14, frame.clientHeight - tip.offsetHeight - 8)) + "px";
  network.redraw();
}

/** What left the canvas is no longer pointed at; the library notices moves inside the canvas only. */
function leave(event) {
  network.selectionHandler.hoverObject(event, { x: -1e6, y: -1e6 });
  hover(null);
}

/** Saves the whole graph, fitted, as an image; the view comes back as it was. */
function savePicture() {
  if (state.table) {
    change({ table: false });
    fit(false);
  }
  const view = { position: network.getViewPosition(), scale: network.getScale() };
  show([...current.entities], false, 1.5, 0);
  savePixels();
  network.moveTo({ ...view, animation: false });
  placeAfresh();
}

/** The canvas as it is, on its own ground, over a line that says what it shows. */
function savePixels() {
  const canvas = frame.querySelector("canvas");
  const ratio = canvas.width / canvas.clientWidth;
  const image = h("canvas", { width: canvas.width, height: canvas.height + Math.round(32 * ratio) });
  const context = image.getContext("2d");
  context.fillStyle = ink().page;
  context.fillRect(0, 0, image.width, image.height);
  context.drawImage(canvas, 0, 0);
  context.scale(ratio, ratio);
  context.fillStyle = ink().dim;
  context.font = "12px " + FONT;
  context.fillText(data.title + " · " + document.getElementById("shown").textContent, 14, canvas.clientHeight + 18);
  image.toBlob((blob) => {
    const url = URL.createObjectURL(blob);
    h("a", { href: url, download: "semipack.png" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  });
}
