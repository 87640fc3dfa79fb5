// Moving through the graph: neighbours in and out, an ego view, communities, pins; and the bar that offers it.
const bar = document.getElementById("moves");
const DEEPEST = 3;

/** "id;number,id;number" as a map in that order; `known` says which ids are allowed. */
function unpackCounts(text, known, most) {
  const found = new Map();
  for (const part of (text || "").split(",")) {
    const [id, count] = part.split(";");
    const number = Math.min(Math.round(Number(count)), most);
    if (id && known(plainId(id)) && number > 0) found.set(plainId(id), number);
  }
  return found;
}

function packPairs(map) {
  return [...map].map(([id, value]) => pack([id]) + ";" + [value].flat().join(";")).join(",");
}

register({ name: "ego", read: (text) => { state.ego = entities.has(text) ? text : null; }, write: () => state.ego || "" });
register({
  name: "depth",
  read: (text) => { state.depth = ["1", "2", "3"].includes(text) ? Number(text) : 1; },
  write: () => (state.ego && state.depth > 1 ? String(state.depth) : ""),
});
register({ name: "expanded", read: (text) => { state.expanded = unpackCounts(text, (id) => entities.has(id), 9999); }, write: () => packPairs(state.expanded) });
register({ name: "collapsed", read: (text) => { state.collapsed = new Set(unpack(text).filter((id) => entities.has(id))); }, write: () => pack([...state.collapsed]) });
register({ name: "opened", read: (text) => { state.opened = unpackCounts(text, (id) => communities.has(id), 99999); }, write: () => packPairs(state.opened) });
register({
  name: "pins",
  read: (text) => {
    state.pins = new Map();
    for (const part of (text || "").split(",")) {
      const [id, x, y] = part.split(";");
      const place = [Number(x), Number(y)];
      const known = id && (entities.has(plainId(id)) || communities.has(plainId(id)));
      if (known && part.split(";").length === 3 && place.every((each) => Math.abs(each) < 1e6)) state.pins.set(plainId(id), place);
    }
  },
  write: () => packPairs(state.pins),
});

/** Changes the picture and brings what it is about into view. */
function move(what, ids) {
  const before = view.mode;
  change(what);
  const shown = ids.filter((id) => view.nodes.has(id));
  if (view.mode !== before || view.mode === "ego" || !shown.length) fit();
  else if (!shown.every(inSight)) show(shown, true, 1.15, sheet());
}

/** Brings in the next neighbours of an entity. */
async function expand(id) {
  const before = new Set(view.entities);
  if (source.live && (more.get(id) || 0) > 0) {
    const fragment = await trying(() => source.around(id, { limit: STEP, offset: beside.get(id).length }));
    if (!fragment) return;
    absorb(fragment);
  }
  if (state.collapsed.has(id)) {
    move({ collapsed: without_(state.collapsed, id) }, [id]);
    if (view.entities.size > before.size) return;
  }
  const expanded = new Map(state.expanded);
  expanded.set(id, (expanded.get(id) || 0) + STEP);
  move({ expanded }, []);
  const fresh = [...view.entities].filter((other) => !before.has(other));
  if (fresh.length) show([id, ...fresh], true, 1.15, sheet());
  announce(plural(fresh.length, "neighbour") + " of " + entities.get(id).label + " shown" + (hiddenOf(id) ? ", " + hiddenOf(id) + " more" : ""));
}

/** Takes away what expanding brought in; where there was nothing, the neighbours that hang on this entity alone. */
function collapse(id) {
  if (state.expanded.has(id)) {
    const expanded = new Map(state.expanded);
    expanded.delete(id);
    move({ expanded }, [id]);
  } else move({ collapsed: new Set([...state.collapsed, id]) }, [id]);
}

function without_(set, id) {
  return new Set([...set].filter((other) => other !== id));
}

/** Shows an entity and what lies up to `depth` steps round it. */
async function ego(id, depth = 1) {
  if (source.live && (more.get(id) || 0) > 0) {
    const fragment = await trying(() => source.around(id, { limit: AROUND, offset: 0 }));
    if (fragment) absorb(fragment);
  }
  change({ ego: id, depth: Math.min(Math.max(depth, 1), DEEPEST), path: null, entity: id, edge: null, collapsed: new Set(), table: false });
  fit();
}

function leaveEgo() {
  change({ ego: null, depth: 1 });
  fit();
}

/** Holds a node where it stands. */
function pin(id) {
  const at = network.getPosition(id);
  const [across, down] = stretched;
  change({ pins: new Map([...state.pins, [id, [Math.round(at.x / across), Math.round(at.y / down)]]]) });
}

function unpin(id) {
  change({ pins: new Map([...state.pins].filter(([other]) => other !== id)) });
}

/** Opens a community, or shows more of its members. */
async function openCommunity(id) {
  const community = communities.get(id);
  const wanted = (state.opened.get(id) || 0) + MEMBERS;
  if (community.members.length < Math.min(wanted, community.count)) {
    const fragment = await trying(() => source.members(id, { limit: MEMBERS, offset: community.members.length }));
    if (!fragment) return;
    absorb(fragment);
  }
  const before = new Set(view.entities);
  const pointed = cursor !== null;
  change({ opened: new Map([...state.opened, [id, wanted]]), table: false });
  const members = membersShown(id);
  if (pointed) cursor = members.find((member) => !before.has(member)) || null;
  show(view.nodes.has(id) ? [...members, id] : members, true, 1.15, sheet());
  announce("Group of " + community.label + " opened");
}

function membersShown(id) {
  return communities.get(id).members.filter((member) => view.entities.has(member));
}

function closeCommunity(id) {
  const opened = new Map(state.opened);
  opened.delete(id);
  const chosen = state.entity && communityOf.get(state.entity) === id ? { entity: null } : {};
  change({ opened, ...chosen });
  fit();
}

/** Leads to an entity from anywhere: loads it, switches its kind on, draws it and brings it into view. */
async function go(id) {
  if (!entities.has(id)) {
    const fragment = await trying(() => source.around(id, { limit: STEP, offset: 0 }));
    if (fragment) absorb(fragment);
    if (!entities.has(id)) return;
  }
  wakeRole(entities.get(id).role);
  const what = { entity: id, edge: null };
  if (!view.entities.has(id)) {
    if (view.mode === "ego") Object.assign(what, { ego: id, depth: 1 });
    else if (view.mode === "path") what.path = null;
    if (crowd() > MANY && view.mode !== "ego") what.expanded = new Map([...state.expanded, [id, STEP]]);
  }
  change(what);
  centre(id);
}

const live_ = document.getElementById("announced");

/** Says to those who listen what they cannot see. */
function announce(text) {
  live_.textContent = text;
}

function action(id, text, title, onclick, fields) {
  return h("button", { type: "button", id, title, onclick, ...fields }, text);
}

function updateMoves() {
  const held = bar.contains(document.activeElement) ? document.activeElement.id : "";
  bar.replaceChildren(h("div", { class: "many" },
    h("span", { class: "steps" },
      action("back", "‹", "Back (Alt+←)", goBack, { "aria-label": "Back", disabled: !step() }),
      action("forward", "›", "Forward (Alt+→)", goForward, { "aria-label": "Forward", disabled: step() >= farthest }),
      action("undo", "↶ Undo", "Undo the last change of the picture (U)", () => undo(), { disabled: !past.length })),
    action("ask-path", "Path…", "Find the path between two entities (P)", () => askPath(state.entity)),
    ...(state.path ? pathChip() : []), ...(state.ego ? egoChip() : []), ...openChips(), ...entityActions()),
    action("ask-help", "?", "Keys (?)", () => showHelp(true), { "aria-label": "Help: keys" }));
  bar.hidden = state.table;
  if (held) (bar.querySelector("#" + CSS.escape(held) + ":not([disabled])") || bar.querySelector("button:not([disabled])")).focus({ preventScroll: true });
}

function chip(text, leave, title, ...inside) {
  return h("span", { class: "chip" }, text, ...inside, h("button", { type: "button", class: "leave", "aria-label": title, title, onclick: leave }, "×"));
}

function egoChip() {
  const depths = [1, 2, 3].map((depth) =>
    action("depth-" + depth, String(depth), plural(depth, "step") + " (" + depth + ")", () => ego(state.ego, depth), { "aria-pressed": String(state.depth === depth), "aria-label": plural(depth, "step") + " round it" }));
  return [chip([h("span", { class: "what" }, "Around ", name(entities.get(state.ego).label))], leaveEgo, "Leave the ego view", h("span", { class: "depths", role: "group", "aria-label": "Depth" }, depths))];
}

function openChips() {
  if (view.mode !== "communities") return [];
  return [...state.opened.keys()].map((id) => chip([h("span", { class: "what" }, name(communities.get(id).label), "’s group")], () => closeCommunity(id), "Close the group of " + communities.get(id).label));
}

/** What can be done with the chosen entity. */
function entityActions() {
  const id = state.entity;
  if (!id || !view.entities.has(id)) return [];
  const hidden = hiddenOf(id);
  const actions = [
    action("expand", hidden ? `Expand +${Math.min(hidden, STEP)}${hidden > STEP ? " of " + grouped(hidden) : ""}` : "Expand", "Show neighbours that are not drawn (E)", () => expand(id), { disabled: !hidden }),
    action("collapse", "Collapse", "Hide what hangs on it alone (C)", () => collapse(id), { disabled: state.collapsed.has(id) && !state.expanded.has(id) }),
  ];
  return [h("span", { class: "on", role: "group", "aria-label": "Actions on the chosen entity" }, actions)];
}
