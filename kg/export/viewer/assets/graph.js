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
let stretched = [1, 1];
let zooming = false;
let started = false; // the first picture is drawn once, when it has been fitted
let strong = 6; // relations from which a name is set in bold
let busy = true; // while nodes and lines are being changed, an early redraw would find half of them
let steered = false; // whether the reader has moved the picture by hand since it was last fitted

function startGraph() {
  network = new vis.Network(frame, { nodes, edges: links }, {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false },
    nodes: { chosen: false, borderWidth: 1.5, label: undefined },
    edges: { chosen: false, selectionWidth: 0, hoverWidth: 0, endPointOffset: { from: 0, to: 0 } },
    interaction: { hover: true, tooltipDelay: 1e9, selectConnectedEdges: false },
  });
  const surface = frame.querySelector(".vis-network");
  surface.setAttribute("role", "application");
  surface.setAttribute("tabindex", "0");
  surface.setAttribute("aria-label", "Graph of entities and their relations. Full stop and comma step through its nodes, Enter chooses, arrow keys move it, plus and minus zoom, question mark lists all keys. The table view lists the same claims.");
  surface.addEventListener("keydown", moveByKey);
  network.on("beforeDrawing", drawTies);
  network.on("afterDrawing", drawOver);
  network.on("animationFinished", placeAfresh);
  network.on("click", clicked);
  network.on("doubleClick", (event) => {
    const id = event.nodes.find((each) => entities.has(each));
    if (id !== undefined && hiddenOf(id)) expand(id);
  });
  network.on("hoverNode", (event) => hover({ node: event.node }, event.pointer.DOM));
  network.on("hoverEdge", (event) => hover({ edge: event.edge }, event.pointer.DOM));
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, () => hover(null));
  for (const event of ["dragStart", "zoom"]) network.on(event, () => { steered = true; });
  network.on("zoom", settle);
  network.on("dragEnd", (event) => { if (event.nodes.length) pin(event.nodes[0]); });
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

function clicked(event) {
  const node = event.nodes.find((id) => view.nodes.has(id));
  const edge = event.edges.find((id) => current.edges.has(id));
  cursor = null;
  if (node !== undefined) {
    if (view.nodes.get(node).community) openCommunity(node);
    else select("entity", node);
  } else if (edge !== undefined) select("edge", edge);
  else if (state.entity || state.edge) select(null, null);
}

function moveByKey(event) {
  const steps_ = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
  const scale = network.getScale();
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (steps_[event.key]) {
    const at = network.getViewPosition();
    network.moveTo({ position: { x: at.x + steps_[event.key][0] / scale, y: at.y + steps_[event.key][1] / scale } });
  } else if (event.key === "+" || event.key === "=") network.moveTo({ scale: scale * 1.25 });
  else if (event.key === "-") network.moveTo({ scale: scale / 1.25 });
  else return;
  steered = true;
  if (!steps_[event.key]) settle();
  event.preventDefault();
}

let resting = 0;

/** While the picture is zoomed, names keep their sides; they are placed afresh once it rests. */
function settle() {
  clearTimeout(resting);
  zooming = true;
  resting = setTimeout(() => {
    zooming = false;
    placeAfresh();
  }, 140);
}

/** Brings nodes and lines in step with the view, the selection and the theme. */
function updateGraph() {
  if (cursor !== null && !view.nodes.has(cursor)) cursor = null;
  lit.nodes.clear();
  lit.edges.clear();
  degree.clear();
  const pairs = new Map();
  for (const { id, from, to } of view.edges.values()) {
    if (id === state.edge || from === state.entity || to === state.entity) {
      lit.edges.add(id);
      lit.nodes.add(from).add(to);
    }
    for (const end of [from, to]) degree.set(end, (degree.get(end) || 0) + 1);
    const pair = from < to ? from + " " + to : to + " " + from;
    pairs.set(pair, [...(pairs.get(pair) || []), id]);
  }
  for (const node of view.nodes.values()) if (node.community) degree.set(node.id, node.rest);
  for (const { from, to } of view.ties) if (from === state.entity || to === state.entity) lit.nodes.add(from).add(to);
  if (state.entity && view.nodes.has(state.entity)) lit.nodes.add(state.entity);
  // The entity that an ego view is about has its relations named, but nothing round it is faded.
  lit.on = lit.nodes.size > 0 && !(view.mode === "ego" && state.entity === state.ego);
  const ranks = [...degree.values()].sort((a, b) => b - a);
  strong = Math.max(6, ranks[Math.min(9, ranks.length - 1)] || 0);
  const bends = new Map();
  for (const ids of pairs.values()) ids.forEach((id, number) => bends.set(id, (number - (ids.length - 1) / 2) * 0.22));
  stretched = stretch();
  busy = true;
  bring(links, [...view.edges.values()].map((edge) => linkLook(edge, bends.get(edge.id))));
  bring(nodes, [...view.nodes.values()].map(nodeLook));
  version += 1;
  busy = false;
  if (started) network.redraw();
}

/** Makes a set of the library's hold these rows and no others. */
function bring(set, rows) {
  const wanted = new Set(rows.map((row) => row.id));
  const gone = set.getIds().filter((id) => !wanted.has(id));
  if (gone.length) set.remove(gone);
  set.update(rows);
}

/** How far places are drawn out so that the picture takes the canvas's proportions: [across, down], 1 to 1.7. */
function stretch() {
  if (!frame.clientWidth) return stretched; // behind the table
  if (!view.extent) return [1, 1];
  const ratio = (frame.clientWidth / (frame.clientHeight || 1)) / (view.extent[0] / view.extent[1]);
  const limit = (value) => Math.min(Math.max(value, 1), 1.7);
  return [limit(ratio), limit(1 / ratio)];
}

function edgePoint(id, share) {
  const at = network.body.edges[id].edgeType.getPoint(share);
  return network.canvasToDOM(at);
}

/** Fits what is visible, its names included, into the free part of the canvas. */
function fit(move = true) {
  steered = false;
  show([...view.nodes.keys()], move, 1.5, sheet());
}

/** Changes the filters by `what`, and fits the picture where that changes its nodes, unless the reader has moved it. */
function refilter(what) {
  const before = [...view.nodes.keys()].sort().join();
  change(what);
  if (!steered && [...view.nodes.keys()].sort().join() !== before) fit();
}

/** Brings the entity and all it is joined to into view. */
function centre(id, move = true) {
  steered = false;
  show([...new Set([id, ...lit.nodes])].filter((each) => view.entities.has(each)), move, 1.15, sheet());
}

/** How much of the canvas's lower part the panel covers. */
function sheet() {
  return small() && (state.entity || state.edge) ? document.getElementById("panel").offsetHeight : 0;
}

/** Whether a node stands well within the canvas. */
function inSight(id) {
  const at = network.canvasToDOM(network.getPosition(id));
  return at.x > 30 && at.y > 30 && at.x < frame.clientWidth - 30 && at.y < frame.clientHeight - sheet() - 30;
}

function show(ids, move, closest, covered) {
  const drawn = ids.filter((id) => nodes.get(id));
  if (!drawn.length || frame.hidden) return;
  const [left, right, top, bottom] = bounds(drawn);
  const [side, end] = small() ? [44, 34] : [84, 46];
  const scale = Math.min((frame.clientWidth - 2 * side) / Math.max(right - left, 1), (frame.clientHeight - 2 * end - covered) / Math.max(bottom - top, 1), closest);
  const animation = move && !calm() ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + covered / 2 / scale }, scale: Math.max(scale, 0.02), animation });
  placeAfresh();
}

/** The box round these nodes, discs of communities included. */
function bounds(ids) {
  const box = [Infinity, -Infinity, Infinity, -Infinity];
  for (const id of ids) {
    const { x, y } = network.getPosition(id);
    const reach = communities.has(id) ? network.body.nodes[id].options.size : 0;
    box[0] = Math.min(box[0], x - reach);
    box[1] = Math.max(box[1], x + reach);
    box[2] = Math.min(box[2], y - reach);
    box[3] = Math.max(box[3], y + reach);
  }
  return box;
}

/** Finds sides for the names again, now that other parts of the canvas's edge are near. */
function placeAfresh() {
  version += 1;
  network.redraw();
}

const tip = document.getElementById("tip");

function hover(what, at) {
  if (what && !view.nodes.has(what.node) && !view.edges.has(what.edge)) what = null;
  lit.hover = what && what.node !== undefined ? what.node : null;
  tip.hidden = !what || small();
  frame.querySelector("canvas").style.cursor = what ? "pointer" : "";
  if (!what) return;
  tip.replaceChildren(...(what.node !== undefined ? nodeTip(view.nodes.get(what.node)) : edgeTip(view.edges.get(what.edge))));
  tip.style.left = Math.max(4, Math.min(at.x + 14, frame.clientWidth - tip.offsetWidth - 8)) + "px";
  tip.style.top = frame.offsetTop + Math.max(4, Math.min(at.y + 14, frame.clientHeight - tip.offsetHeight - 8)) + "px";
  network.redraw();
}

function nodeTip({ id, community, rest }) {
  if (community) {
    const joined = view.ties.filter(({ from, to }) => from === id || to === id).slice(0, 3).map((tie) => [tie.from === id ? tie.to : tie.from, tie.count]);
    const most = joined.map(([other, count], number) => [number ? ", " : "Most joined with ", name((communities.get(other) || entities.get(other)).label), " (" + grouped(count) + ")"]);
    return [name(community.label), "’s group", h("small", {}, plural(rest, "entity", "entities") + " · click to open"), most.length ? h("small", {}, most) : ""];
  }
  const entity = entities.get(id);
  const hidden = hiddenOf(id);
  return [name(entity.label), h("small", {}, roles.get(entity.role).label + " · " + plural((current.of.get(id) || []).length, "claim") + (hidden ? " · " + grouped(hidden) + " more to expand" : ""))];
}

function edgeTip({ from, to, relation, polarity, claims }) {
  const called = (id) => [name(entities.get(id).label)];
  return [
    polarity === "negated" ? "does not hold: " : "", ...called(from), " ", h("b", {}, relations.get(relation).label), " ", ...called(to),
    h("small", {}, plural(claims.length, "claim") + " · " + [...new Set(claims.map((claim) => modalities.get(claim.modality).label.toLowerCase()))].join(", "))];
}

/** What left the canvas is no longer pointed at; the library notices moves inside the canvas only. */
function leave(event) {
  network.selectionHandler.hoverObject(event, { x: -1e6, y: -1e6 });
  hover(null);
}

/** Fits the whole graph, does something, and puts the view back as it was. */
function asWhole(action_) {
  if (state.table) {
    change({ table: false });
    fit(false);
  }
  const before = { position: network.getViewPosition(), scale: network.getScale() };
  show([...view.nodes.keys()], false, 1.5, 0);
  const made = action_();
  network.moveTo({ ...before, animation: false });
  placeAfresh();
  return made;
}

/** Saves the whole graph as an image. */
function savePicture() {
  asWhole(savePixels);
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
