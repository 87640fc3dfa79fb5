// The keys, in a small window that `?` opens; what it lists is what `pressed` does.
const helpBox = document.getElementById("help");
const helpLines = [
  ["/", "search"], [".  ,", "next, previous node of the picture"], ["Enter", "choose it; open a group"], ["Esc", "close, or choose nothing"],
  ["E  C", "expand, collapse the chosen entity"], ["G", "ego view; then 1 2 3 for its depth"], ["P", "path between two"], ["X", "pin, unpin"],
  ["O", "close the group of the chosen entity"], ["U", "undo (Ctrl+Z); redo (Ctrl+Shift+Z)"], ["[  ]", "back, forward"],
  ["← ↑ → ↓  + −", "move and zoom, with the graph in focus"], ["F", "show everything"], ["?", "this help"],
];
let cursor = null; // the node that the keys point at

function showHelp(on) {
  const inside = helpBox.contains(document.activeElement);
  if (on) {
    helpBox.replaceChildren(
      h("h2", {}, "Keys"),
      h("dl", {}, helpLines.map(([key, text]) => [h("dt", {}, key.split("  ").map((each) => h("kbd", {}, each))), h("dd", {}, text)])),
      h("p", { class: "under" }, "Drag a node to pin it; double-click it to expand. Click a group to open it."),
      h("button", { type: "button", onclick: () => showHelp(false) }, "Close"));
  }
  helpBox.hidden = !on;
  if (on) helpBox.querySelector("button").focus();
  else if (inside) document.getElementById("ask-help").focus();
}

/** Points at the next node: those of most relations come first, communities before entities. */
function pointNext(by) {
  const size = (node) => (node.community ? 1e6 + node.rest : degree.get(node.id) || 0);
  const order = [...view.nodes.values()].sort((a, b) => size(b) - size(a) || (a.id < b.id ? -1 : 1)).map((node) => node.id);
  if (!order.length) return;
  const at = order.indexOf(cursor === null ? state.entity : cursor);
  cursor = order[(at < 0 ? (by > 0 ? 0 : order.length - 1) : at + by + order.length) % order.length];
  if (!inSight(cursor)) show([cursor], true, network.getScale(), sheet());
  announce(nodeWords(cursor));
  network.redraw();
}

function nodeWords(id) {
  const { community, rest } = view.nodes.get(id);
  if (community) return "Group of " + community.label + ", " + plural(rest, "entity", "entities") + ". Enter opens it.";
  return entities.get(id).label + ", " + roleOf(id).label + ", " + plural(degree.get(id) || 0, "relation");
}

function takeCursor() {
  if (cursor === null || !view.nodes.has(cursor)) return;
  if (view.nodes.get(cursor).community) openCommunity(cursor);
  else select("entity", cursor);
}

/** What the letter keys do; those in the second group need a chosen entity. */
const PRESSES = {
  "/": () => field.focus(), "?": () => showHelp(helpBox.hidden), f: () => fit(), p: () => askPath(state.entity), u: () => undo(),
  "[": goBack, "]": goForward, ".": () => pointNext(1), ",": () => pointNext(-1),
};
const ON_CHOSEN = {
  e: (id) => { if (hiddenOf(id) || state.collapsed.has(id)) expand(id); },
  c: (id) => collapse(id),
  g: (id) => ego(id, 1),
  x: (id) => (state.pins.has(id) ? unpin(id) : view.nodes.has(id) && pin(id)),
  o: (id) => { if (state.opened.has(communityOf.get(id))) closeCommunity(communityOf.get(id)); },
};

function escape() {
  if (!helpBox.hidden) showHelp(false);
  else if (!pathForm.hidden) askedPath(false);
  else if (legend.classList.contains("open")) showLegend(false);
  else if (document.activeElement === field) return;
  else if (cursor !== null) {
    cursor = null;
    network.redraw();
  } else if (state.entity || state.edge) select(null, null);
  else if (state.path) { change({ path: null }); fit(); }
  else if (state.ego) leaveEgo();
}

function keys(event) {
  if (event.key === "Escape") escape();
  const inField = event.target instanceof Element && event.target.closest("input:not([type=checkbox], [type=range]), textarea, select");
  if (inField || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && ["z", "y"].includes(event.key.toLowerCase())) undo(event.shiftKey || event.key.toLowerCase() === "y");
  else if (event.ctrlKey || event.metaKey) return;
  else if (event.key === "Enter" && !event.target.closest("button, a, summary, input")) takeCursor();
  else if (PRESSES[event.key] && (!state.table || "/?u[]".includes(event.key))) PRESSES[event.key]();
  else if (state.entity && ON_CHOSEN[event.key] && !state.table) ON_CHOSEN[event.key](state.entity);
  else if (state.ego && !state.table && ["1", "2", "3"].includes(event.key)) ego(state.ego, Number(event.key));
  else return;
  event.preventDefault();
}
