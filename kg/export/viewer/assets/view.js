// The view: what of that which passes the filters is drawn, and where. A crowd is drawn as communities.
const MANY = 300; // entities beyond which a picture of each is a tangle
const STEP = 12; // neighbours that one press brings in
const MEMBERS = 60; // members that one press brings out of a community
const FEW_TIES = 3; // lines between communities that each keeps where there are many
const AROUND = 120; // entities of an ego view
let view = { mode: "all", nodes: new Map(), edges: new Map(), entities: new Set(), places: new Map(), anchors: new Map(), ties: [] };
let routes = null; // the paths found, with the question they answer: {key, paths, ids}
let hiddenCounts = new Map();
let arranged = { key: "", places: new Map() };

function updateCurrent() {
  const path = routes && routes.key === pathKey() && routes.ids.length ? routes : null;
  state.woken = new Set([state.ego, ...(path ? path.ids.flat() : [])].filter(Boolean));
  current = visible(state);
  const mode = path ? "path" : state.ego ? "ego" : crowd() > MANY ? "communities" : "all";
  view = { mode, nodes: new Map(), edges: new Map(), entities: new Set(), places: new Map(), anchors: new Map(), ties: [], layers: [], parent: new Map() };
  ({ path: drawPath, ego: drawEgo, communities: drawMembers, all: drawAll })[mode](path);
  expandNeighbours();
  hideCollapsed();
  for (const id of view.entities) view.nodes.set(id, { id });
  if (mode === "communities") drawCommunities();
  drawLines(path);
  hiddenCounts = new Map();
  arrange(path);
}

/** How many entities would be drawn if each were; those a server keeps back are counted as well. */
function crowd() {
  let unloaded = 0;
  for (const community of communities.values()) unloaded += community.count - community.members.length;
  return current.entities.size + unloaded;
}

function drawAll() {
  view.entities = new Set(current.entities);
  if (state.entity) view.entities.add(state.entity);
}

function drawPath(path) {
  for (const id of path.ids.flat()) view.entities.add(id);
}

/** What lies up to `depth` steps round the entity, those with most claims first where all are too many. */
function drawEgo() {
  view.entities.add(state.ego);
  let layer = [state.ego];
  for (let depth = 0; depth < state.depth && layer.length; depth += 1) {
    const beyond = [];
    for (const id of layer) {
      for (const other of neighbours(id, (claim) => current.ids.has(claim.id))) {
        if (view.entities.has(other) || view.entities.size >= AROUND) continue;
        view.entities.add(other);
        view.parent.set(other, id);
        beyond.push(other);
      }
    }
    if (beyond.length) view.layers.push(beyond);
    layer = beyond;
  }
}

/** The members of open communities, and what is chosen. */
function drawMembers() {
  for (const [id, count] of state.opened) {
    const members = communities.get(id).members.filter((member) => current.entities.has(member));
    for (const member of members.slice(0, count)) view.entities.add(member);
  }
  for (const id of current.entities) if (!communityOf.has(id)) view.entities.add(id);
  const edge = edges.get(state.edge);
  for (const id of [state.entity, edge && edge.from, edge && edge.to]) {
    if (!id || view.entities.has(id)) continue;
    view.entities.add(id);
    view.anchors.set(id, communityOf.get(id));
  }
}

/** Brings in the neighbours that the reader asked for, those of kinds that are switched off included. */
function expandNeighbours() {
  const woken = new Set();
  for (const [id, count] of state.expanded) {
    if (!entities.has(id)) continue;
    if (!view.entities.has(id)) {
      view.entities.add(id);
      view.anchors.set(id, communityOf.get(id));
    }
    if (state.off.role.has(entities.get(id).role)) woken.add(id);
    const left = neighbours(id, (claim) => passes(claim, state, "role")).filter((other) => !view.entities.has(other));
    for (const other of left.slice(0, count)) {
      view.entities.add(other);
      view.anchors.set(other, id);
      if (state.off.role.has(entities.get(other).role)) woken.add(other);
    }
  }
  if (!woken.size) return;
  state.woken = new Set([...state.woken, ...woken]);
  current = visible(state);
}

/** Takes away what is joined to collapsed entities only. */
function hideCollapsed() {
  if (!state.collapsed.size) return;
  const kept = (id) => state.collapsed.has(id) || id === state.entity || id === state.ego || state.pins.has(id);
  for (const id of [...view.entities]) {
    if (kept(id)) continue;
    const joined = neighbours(id, (claim) => current.ids.has(claim.id)).filter((other) => view.entities.has(other));
    if (joined.length && joined.every((other) => state.collapsed.has(other))) view.entities.delete(id);
  }
}

/** A node for what is left of each community. */
function drawCommunities() {
  for (const community of communities.values()) {
    const inside = community.members.filter((id) => current.entities.has(id) && !view.entities.has(id)).length;
    const rest = inside + community.count - community.members.length;
    if (rest) view.nodes.set(community.id, { id: community.id, community, rest });
  }
}

/** The node that stands for an entity: its own, or its community's. */
function standIn(id) {
  if (view.entities.has(id)) return id;
  const community = communityOf.get(id);
  return view.nodes.has(community) ? community : null;
}

function drawLines(path) {
  const steps_ = path && new Set(path.ids.flatMap((route) => route.slice(1).flatMap((id, number) => [route[number] + " " + id, id + " " + route[number]])));
  const sums = new Map();
  for (const [id, claims] of current.edges) {
    const edge = edges.get(id);
    const [from, to] = [standIn(edge.from), standIn(edge.to)];
    if (from === null || to === null) continue;
    if (from === edge.from && to === edge.to) {
      const step_ = !steps_ || (steps_.has(from + " " + to) && !state.without.has(edge.relation)) || view.anchors.has(from) || view.anchors.has(to);
      if (step_) view.edges.set(id, { id, from, to, relation: edge.relation, polarity: edge.polarity, claims });
    } else if (from !== to && (!view.entities.has(from) || from === state.entity) && (!view.entities.has(to) || to === state.entity)) addTie(sums, from, to, 1);
  }
  if (view.mode === "communities") for (const [a, b, count] of ties) if (view.nodes.has(a) && view.nodes.has(b)) addTie(sums, a, b, count);
  view.ties = strongestTies([...sums.values()]);
}

/** Of many ties those that are among the strongest of one of their ends: the rest would only make the ground grey. */
function strongestTies(all) {
  all.sort((a, b) => b.count - a.count || (a.from + a.to < b.from + b.to ? -1 : 1));
  if (all.length <= 100) return all;
  const taken = new Map();
  return all.filter(({ from, to }) => {
    const counts_ = [taken.get(from) || 0, taken.get(to) || 0];
    if (Math.min(...counts_) >= FEW_TIES) return false;
    taken.set(from, counts_[0] + 1).set(to, counts_[1] + 1);
    return true;
  });
}

/** Counts relations that join two nodes of which one at least is a community: they are drawn as one line. */
function addTie(sums, a, b, count) {
  const [from, to] = a < b ? [a, b] : [b, a];
  const key = from + " " + to;
  const known = sums.get(key);
  if (known) known.count += count;
  else sums.set(key, { from, to, count });
}

/** How many neighbours of an entity are not drawn: behind filters of kinds, in communities, beyond the view, or not loaded. */
function hiddenOf(id) {
  if (!hiddenCounts.has(id)) {
    const all = neighbours(id, (claim) => passes(claim, state, "role"));
    hiddenCounts.set(id, all.filter((other) => !view.entities.has(other)).length + (more.get(id) || 0));
  }
  return hiddenCounts.get(id);
}

/** Whether both ends of a statement are drawn, each in its own right. */
function inView(statement) {
  return statement.about.every((id) => view.entities.has(id));
}

/** Gives every node its place; pins come last and win. */
function arrange(path) {
  const base = [...view.entities].filter((id) => !view.anchors.has(id));
  for (const [id, place] of basePlaces(base, path)) view.places.set(id, place);
  view.extent = extentOf(view.mode === "all" && places.size ? places : view.places);
  for (const node of view.nodes.values()) if (node.community) view.places.set(node.id, restPlace(node.community));
  const taken = [...view.places.values()];
  for (const id of view.entities) {
    if (view.places.has(id)) continue;
    const anchor = view.places.get(view.anchors.get(id) ?? anchorOf(id)) || [0, 0];
    const around = communities.get(view.anchors.get(id));
    const at = view.mode === "all" && places.get(id) ? places.get(id) : freeBeside(anchor, taken, around ? around.radius * 0.8 : 130);
    view.places.set(id, at);
    taken.push(at);
  }
  for (const [id, place] of state.pins) if (view.nodes.has(id)) view.places.set(id, place);
}

/** Where a community's disc stands: in its middle, or, once it is open, below the members that are drawn. */
function restPlace({ id, at, spots }) {
  if (!state.opened.has(id)) return at;
  const lowest = Math.max(0, ...[...spots].filter(([member]) => view.entities.has(member)).map(([, spot]) => spot[1]));
  return [at[0], at[1] + lowest + 110];
}

function basePlaces(ids, path) {
  if (view.mode === "path") return lined(path.ids);
  if (view.mode === "ego") return ringed(state.ego, view.layers, view.parent, byRelation);
  if (view.mode === "communities") {
    return ids.filter((id) => communityOf.has(id)).map((id) => {
      const community = communities.get(communityOf.get(id));
      const spot = community.spots.get(id) || [0, 0];
      return [id, [community.at[0] + spot[0], community.at[1] + spot[1]]];
    });
  }
  const settled = ids.filter((id) => places.has(id));
  if (settled.length >= ids.length / 2) return settled.map((id) => [id, places.get(id)]); // the others find room beside these
  const sorted_ = [...ids].sort((a, b) => beside.get(b).length - beside.get(a).length || (a < b ? -1 : 1));
  const key = sorted_.join();
  const pairs = [...current.edges.keys()].map((id) => [edges.get(id).from, edges.get(id).to]).filter(([a, b]) => a !== b && view.entities.has(a) && view.entities.has(b));
  if (arranged.key !== key) arranged = { key, places: crowded(sorted_, pairs.filter(([a, b]) => !view.anchors.has(a) && !view.anchors.has(b))) };
  return arranged.places;
}

/** Neighbours by the relation that joins them to `id`, then by role and name, so that like stands beside like. */
function byRelation(ids, id) {
  const order = [...relations.keys()];
  const rank = (other) => {
    const joined = beside.get(other).filter((edge) => (edge.from === id || edge.to === id) && current.edges.has(edge.id));
    return Math.min(...joined.map((edge) => order.indexOf(edge.relation)), order.length);
  };
  const keys = new Map(ids.map((other) => [other, [rank(other), entities.get(other).role, entities.get(other).label]]));
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return [...ids].sort((a, b) => keys.get(a)[0] - keys.get(b)[0] || compare(keys.get(a)[1], keys.get(b)[1]) || compare(keys.get(a)[2], keys.get(b)[2]));
}

function anchorOf(id) {
  return neighbours(id).find((other) => view.places.has(other));
}

function extentOf(all) {
  const extent = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of all.values()) {
    extent[0] = Math.min(extent[0], x);
    extent[1] = Math.max(extent[1], x);
    extent[2] = Math.min(extent[2], y);
    extent[3] = Math.max(extent[3], y);
  }
  return all.size > 2 ? [Math.max(extent[1] - extent[0], 200), Math.max(extent[3] - extent[2], 200)] : null;
}

/** What is drawn, in words, under the graph. */
function describe() {
  const claims = view.mode === "all" && !state.collapsed.size ? current.claims : [...view.edges.values()].flatMap((edge) => edge.claims);
  const besides = [["figure", current.figures], ["remark", current.remarks]].map(([what, rows]) => [what, rows.filter(inView).length]).filter(([, count]) => count);
  const groups = [...view.nodes.values()].filter((node) => node.community);
  const parts = [plural(view.entities.size, "entity", "entities")];
  if (groups.length) parts.unshift(plural(groups.length, "group") + " of " + plural(groups.reduce((sum, node) => sum + node.rest, 0), "entity", "entities"));
  parts.push(plural(view.edges.size, "relation"), plural(claims.length, "claim"));
  if (groups.length && !view.entities.size) parts.splice(1);
  return parts.join(", ") + besides.map(([what, count], number) => (number === besides.length - 1 ? " and " : ", ") + plural(count, what)).join("") + " shown"
    + (data.partial ? "; filters and counts are of what is loaded" : "");
}
