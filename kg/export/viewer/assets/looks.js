// How nodes and lines look on the canvas.

function nodeLook(node) {
  const [x, y] = view.places.get(node.id) || [0, 0];
  const at = { id: node.id, x: Math.round(x * stretched[0]), y: Math.round(y * stretched[1]) };
  const faded = lit.on && !lit.nodes.has(node.id);
  if (node.community) return { ...at, ...communityLook(node), opacity: faded ? 0.3 : 1 };
  const entity = entities.get(node.id);
  const role = roles.get(entity.role);
  const paint = colour(role);
  const chosen = node.id === state.entity;
  return {
    ...at, shape: role.shape, size: sizeOf(entity),
    opacity: faded ? 0.16 : 1,
    borderWidth: chosen ? 3.5 : entity.known ? 1 : 2.2,
    color: { background: entity.known ? paint : ink().page, border: chosen ? ink().ring : entity.known ? ink().page : paint },
  };
}

/** The radius of a node: it grows with the relations of the entity, up to a cap. */
function sizeOf(entity) {
  const size = Math.min(24, 8 + 2.6 * Math.sqrt(beside.get(entity.id).length));
  return entity.kind === "organisation" ? size : size * 0.8;
}

/** A colour laid thinly on another; both are "#rrggbb". */
function mixed(paint, ground, share) {
  const part = (text, at) => parseInt(text.slice(at, at + 2), 16);
  return "#" + [1, 3, 5].map((at) => Math.round(part(paint, at) * share + part(ground, at) * (1 - share)).toString(16).padStart(2, "0")).join("");
}

/** A community is a disc whose area grows with its members, in the colour of the one that names it. */
function communityLook({ community, rest }) {
  const lead = entities.get(community.lead);
  const paint = lead ? colour(roles.get(lead.role)) : ink().dim;
  return {
    shape: "dot", size: state.opened.has(community.id) ? 34 : community.radius * 0.55 * Math.sqrt(rest / community.count), borderWidth: 2,
    color: { background: mixed(paint, ink().page, 0.2), border: paint }, shapeProperties: { borderDashes: false },
  };
}

function linkLook(edge, bend) {
  const relation = relations.get(edge.relation);
  const negated = edge.polarity === "negated";
  const said = strongest(edge.claims);
  const faded = lit.on && !lit.edges.has(edge.id);
  const rival = relation.symmetric && !relation.shape ? 0.62 : 1; // rivalry is the most common line and the least news
  const crowd_ = Math.min(1, Math.max(0.2, Math.sqrt(250 / view.edges.size))); // many lines are drawn fainter
  const head = relation.shape ? { enabled: true, type: relation.shape, scaleFactor: relation.shape === "circle" ? 0.4 : 0.62 } : { enabled: false };
  // The bend is counted from the smaller to the larger name, so that lines of opposite direction part as well.
  const turned = edge.from < edge.to ? bend : -bend;
  return {
    id: edge.id, from: edge.from, to: edge.to,
    width: Math.min(5, 1.25 + 0.55 * (Math.max(edge.claims.length, edges.get(edge.id).count || 0) - 1)) * (lit.edges.has(edge.id) ? 1.25 : 1),
    dashes: DASHES[said],
    color: { color: negated ? ink().bad : colour(relation), opacity: faded ? 0.07 : FADE[said] * (lit.on ? 1 : rival * crowd_), inherit: false },
    arrows: { to: head, from: relation.symmetric ? head : { enabled: false } },
    smooth: bend ? { enabled: true, type: turned > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(turned) } : { enabled: false, type: "continuous", roundness: 0 },
  };
}
