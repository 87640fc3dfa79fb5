// Drawn over the lines and nodes in pixels of the screen: names, the mark of what does not hold, names of relations.
const LONGEST = 26; // characters of a line of a name
const LINE = 15;
const MARK = { w: 44, h: 18 };

function shorten(text) {
  const characters = [...text];
  return characters.length > LONGEST ? characters.slice(0, LONGEST - 1).join("") + "…" : text;
}

/** A name as one line or, where it is long, as two of about the same length. */
function linesOf(text) {
  if ([...text].length <= (small() ? 15 : LONGEST)) return [text];
  const middle = text.length / 2;
  const gaps = [...text.matchAll(/ /g)].map((gap) => gap.index);
  if (!gaps.length) return [shorten(text)];
  const at = gaps.reduce((best, gap) => (Math.abs(gap - middle) < Math.abs(best - middle) ? gap : best));
  return [text.slice(0, at), text.slice(at + 1)].map(shorten);
}

/** How much room a name takes, in pixels; leaves the context's font set for it. */
function nameSize(context, id) {
  context.font = nameFont(id);
  const lines_ = linesOf(calledOnCanvas(id));
  return { w: Math.max(...lines_.map((line) => context.measureText(line).width)) + 6, h: 2 + LINE * lines_.length };
}

/** What is written beside a node: its name, for a community that of its best-connected member and how many more there are. */
function calledOnCanvas(id) {
  const node = view.nodes.get(id);
  if (!node || !node.community) return entities.get(id).label;
  if (state.opened.has(id)) return "more of " + node.community.label + "’s group";
  const others = node.rest - (view.entities.has(node.community.lead) ? 0 : 1);
  return node.community.label + (others ? " +" + grouped(others) : "");
}

function nameFont(id) {
  const bold = (degree.get(id) || 0) >= strong || id === state.entity;
  const size = (bold ? 13.5 : 12.5) - (small() ? 1.5 : 0);
  return (bold ? "600 " : "") + size + "px " + FONT;
}

/** Names move only when the scale or what is visible changes; while the picture is shifted they keep their sides. */
function namePlaces(context, shown) {
  const key = [version, Math.round(Math.log(network.getScale()) * 24), frame.clientWidth, frame.clientHeight].join();
  if ((names.key === key && !network.interactionHandler.drag.selection?.length) || (zooming && names.offsets.size)) return names.offsets;
  const spots = shown.map((id) => {
    const at = network.canvasToDOM(network.getPosition(id));
    const faded = lit.on && !lit.nodes.has(id);
    const must = id === state.entity || lit.edges.size <= 40 && lit.nodes.has(id) && lit.on;
    const community = view.nodes.get(id).community;
    return { id, x: at.x, y: at.y, r: radius(id), ...nameSize(context, id), rank: faded ? -1 : community ? view.nodes.get(id).rest : degree.get(id) || 0, must };
  });
  for (const spot of [...spots].sort((a, b) => b.rank - a.rank).slice(0, 8)) spot.must = spot.must || (spot.rank > 2 && !communities.has(spot.id));
  const room = { x: 0, y: 0, w: frame.clientWidth, h: frame.clientHeight };
  // All are placed, not only those in view, so that shifting the picture changes nothing; of very many the best known.
  const chosen = spots.filter((spot) => !lit.on || lit.nodes.has(spot.id)).sort((a, b) => b.rank - a.rank).slice(0, 160);
  for (const spot of chosen) spot.out = spot.x < 0 || spot.y < 0 || spot.x > room.w || spot.y > room.h;
  const boxes = placeNames(chosen, shown.length > 320 ? [] : segments(), room, [...markBoxes(), ...badgeBoxes()]);
  const offsets = new Map();
  for (const spot of chosen) {
    const box = boxes.get(spot.id);
    if (box) offsets.set(spot.id, { x: box.x - spot.x, y: box.y - spot.y, w: box.w, h: box.h });
  }
  names = { key, offsets };
  return offsets;
}

function radius(id) {
  const node = network.body.nodes[id];
  return node.options.size * network.getScale() + 1;
}

function segments() {
  const lines = [];
  for (const { id, from, to } of view.edges.values()) {
    if (lit.on && !lit.edges.has(id)) continue;
    const at = [0, 0.33, 0.67, 1].map((share) => edgePoint(id, share));
    for (let index = 0; index < 3; index += 1) {
      lines.push({ ax: at[index].x, ay: at[index].y, bx: at[index + 1].x, by: at[index + 1].y, from, to });
    }
  }
  return lines;
}

function written(context, text, x, y, fill) {
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = ink().page;
  context.strokeText(text, x, y);
  context.fillStyle = fill;
  context.fillText(text, x, y);
}

/** Under nodes and lines: how communities hang together, as wide on the screen at every scale. */
function drawTies(context) {
  if (busy || !started) return;
  const scale = network.getScale();
  context.save();
  context.strokeStyle = ink().dim;
  const place = (id) => network.getPosition(id);
  const most = view.ties.length ? view.ties[0].count : 1; // the strongest comes first
  for (const { from, to, count } of view.ties) {
    const on = from === state.entity || to === state.entity;
    const [a, b] = [place(from), place(to)];
    context.globalAlpha = lit.on ? (on ? 0.5 : 0.06) : (0.12 + 0.4 * (count / most)) * (state.opened.size ? 0.5 : 1);
    context.lineWidth = (0.8 + 4 * Math.sqrt(count / most)) / scale;
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.stroke();
  }
  context.restore();
}

function drawOver(context) {
  if (busy || !started) return;
  const ratio = context.canvas.width / context.canvas.clientWidth;
  const shown = [...view.nodes.keys()];
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const offsets = namePlaces(context, shown);
  const boxes = [];
  const draw = (id, offset) => {
    const at = network.canvasToDOM(network.getPosition(id));
    boxes.push({ x: at.x + offset.x, y: at.y + offset.y, w: offset.w, h: offset.h });
    context.font = nameFont(id);
    const lines_ = linesOf(calledOnCanvas(id));
    lines_.forEach((line, number) =>
      written(context, line, at.x + offset.x + offset.w / 2, at.y + offset.y + offset.h / 2 + (number - (lines_.length - 1) / 2) * LINE, ink().text));
  };
  drawCounts(context);
  drawMarks(context, boxes);
  for (const id of shown) if (offsets.has(id)) draw(id, offsets.get(id));
  if (lit.hover !== null && view.nodes.has(lit.hover) && !offsets.has(lit.hover)) {
    const size = nameSize(context, lit.hover);
    draw(lit.hover, { x: -size.w / 2, y: radius(lit.hover) + 2, ...size });
  }
  if (lit.edges.size && lit.edges.size <= (small() ? 5 : 12)) drawRelations(context, boxes);
  context.restore();
}

function markBoxes() {
  const boxes = [];
  for (const { id, polarity } of view.edges.values()) {
    if (polarity !== "negated" || (lit.on && !lit.edges.has(id))) continue;
    const at = edgePoint(id, 0.5);
    boxes.push({ x: at.x - MARK.w / 2, y: at.y - MARK.h / 2, ...MARK });
  }
  return boxes;
}

function drawMarks(context, boxes) {
  context.font = "600 12px " + FONT;
  for (const box of markBoxes()) {
    boxes.push(box);
    context.fillStyle = ink().page;
    context.beginPath();
    context.roundRect(box.x, box.y, box.w, box.h, 9);
    context.fill();
    context.lineWidth = 1.3;
    context.strokeStyle = ink().bad;
    context.stroke();
    context.fillStyle = ink().bad;
    context.fillText("✕ not", box.x + box.w / 2, box.y + box.h / 2 + 0.5);
  }
}

function drawRelations(context, boxes) {
  context.font = "11.5px " + FONT;
  for (const id of lit.edges) {
    const relation = relations.get(edges.get(id).relation);
    const width = context.measureText(relation.label).width + 4;
    for (const share of [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]) {
      const at = edgePoint(id, share);
      const box = { x: at.x - width / 2, y: at.y - 8, w: width, h: 16 };
      if (boxes.some((other) => overlap(box, other) > 0)) continue;
      boxes.push(box);
      written(context, relation.label, at.x, at.y, colour(relation));
      break;
    }
  }
}

/** In communities how many they stand for, beside the chosen and in an ego view how many neighbours are not drawn, and pins. */
function drawCounts(context) {
  for (const node of view.nodes.values()) {
    const at = network.canvasToDOM(network.getPosition(node.id));
    const reach = radius(node.id);
    if (at.x < -reach || at.y < -reach || at.x > frame.clientWidth + reach || at.y > frame.clientHeight + reach) continue;
    if (node.community && reach > 10) {
      context.font = "600 " + Math.max(10, Math.min(22, reach * 0.5)) + "px " + FONT;
      context.fillStyle = ink().text;
      context.fillText(grouped(node.rest), at.x, at.y + 0.5);
    }
    const badge = badgeOf(node, at);
    if (badge) drawBadge(context, badge);
    if (state.pins.has(node.id)) drawPin(context, at.x - reach * 0.8, at.y - reach * 0.8);
    if (node.id === cursor && cursor !== state.entity) drawCursor(context, at, reach + 6);
  }
}

/** Over a node how many of its neighbours are not drawn: over the chosen one, and over each of an ego view. */
function badgeOf(node, at) {
  const hidden = !node.community && (node.id === state.entity || view.mode === "ego") ? hiddenOf(node.id) : 0;
  if (!hidden) return null;
  const text = "+" + grouped(hidden);
  const w = text.length * 6.6 + 9;
  return { text, x: at.x - w / 2, y: at.y - radius(node.id) - 15, w, h: 15 };
}

function badgeBoxes() {
  return [...view.nodes.values()].map((node) => badgeOf(node, network.canvasToDOM(network.getPosition(node.id)))).filter(Boolean);
}

function drawBadge(context, { text, x, y, w, h: high }) {
  context.font = "600 10.5px " + FONT;
  context.beginPath();
  context.roundRect(x, y, w, high, 7.5);
  context.fillStyle = ink().page;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = ink().dim;
  context.stroke();
  context.fillStyle = ink().dim;
  context.fillText(text, x + w / 2, y + high / 2 + 0.5);
}

function drawPin(context, x, y) {
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.moveTo(x, y + 4);
  context.lineTo(x, y + 10);
  context.lineWidth = 2;
  context.strokeStyle = ink().text;
  context.fillStyle = ink().page;
  context.fill();
  context.stroke();
}

function drawCursor(context, at, reach) {
  context.beginPath();
  context.arc(at.x, at.y, reach, 0, 2 * Math.PI);
  context.lineWidth = 2.5;
  context.setLineDash([5, 4]);
  context.strokeStyle = ink().ring;
  context.stroke();
  context.setLineDash([]);
}
