// Where names stand on the canvas: each beside its node, clear of other names, of nodes and, if it can be, of lines.
const GAPS = { 3: 0, 9: 3, 20: 12 }; // pixels between a node and its name, and how many sides nearer ones are preferred by
const SIDES = [[0, 1], [1, 0], [-1, 0], [0, -1], [0.75, 0.8], [-0.75, 0.8], [0.75, -0.8], [-0.75, -0.8]];

function overlap(a, b) {
  const wide = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const tall = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return wide > 0 && tall > 0 ? wide * tall : 0;
}

function crosses(box, line) {
  // Liang and Barsky: whether a piece of the line lies inside the box.
  let from = 0;
  let to = 1;
  const dx = line.bx - line.ax;
  const dy = line.by - line.ay;
  for (const [p, q] of [[-dx, line.ax - box.x], [dx, box.x + box.w - line.ax], [-dy, line.ay - box.y], [dy, box.y + box.h - line.ay]]) {
    if (p === 0) {
      if (q < 0) return false;
    } else if (p < 0) {
      from = Math.max(from, q / p);
    } else {
      to = Math.min(to, q / p);
    }
    if (from > to) return false;
  }
  return true;
}

function boxAt(node, side, gap) {
  const [sx, sy] = side;
  const reach = node.r + gap;
  const cx = node.x + sx * (reach + (Math.abs(sy) < 1 ? node.w / 2 : 0));
  const cy = node.y + sy * (reach + node.h / 2);
  return { x: cx - node.w / 2, y: cy - node.h / 2, w: node.w, h: node.h };
}

/**
 * Boxes for the names of `nodes` ({id, x, y, r, w, h, rank, must}, in pixels on screen; `out` where it stands outside `room`) among `lines`
 * ({ax, ay, bx, by, from, to}) and other `marks` (boxes): a map from id to box. A name for which there is no free room is left out unless `must`.
 */
function placeNames(nodes, lines, room, marks) {
  const order = [...nodes].sort((a, b) => b.must - a.must || b.rank - a.rank || (a.id < b.id ? -1 : 1));
  const discs = nodes.map((node) => ({ x: node.x - node.r, y: node.y - node.r, w: 2 * node.r, h: 2 * node.r, id: node.id }));
  discs.push(...marks);
  const placed = new Map();
  // What lies beyond a node's own surroundings cannot meet any place of its name.
  const around = new Map(nodes.map((node) => {
    const across = node.r + node.w + 14;
    const down = node.r + node.h + 14;
    const box = { x: node.x - across, y: node.y - down, w: 2 * across, h: 2 * down };
    return [node.id, { lines: lines.filter((line) => crosses(box, line)), discs: discs.filter((disc) => disc.id !== node.id && overlap(box, disc)) }];
  }));
  const cost = (node, box, number) => {
    let sum = number * 3;
    for (const [id, other] of placed) if (id !== node.id) sum += overlap(box, other) * 3;
    const near = around.get(node.id);
    for (const disc of near.discs) sum += overlap(box, disc) * 2;
    for (const line of near.lines) if (crosses(box, line)) sum += line.from === node.id || line.to === node.id ? 14 : 24;
    const outside = node.out ? 0 : box.w * box.h - overlap(box, room);
    return sum + outside * 4;
  };
  for (let round = 0; round < 3; round += 1) {
    for (const node of order) {
      let best = null;
      let least = Infinity;
      for (const gap of Object.keys(GAPS).map(Number)) {
        SIDES.forEach((side, number) => {
          const box = boxAt(node, side, gap);
          const now = cost(node, box, number + GAPS[gap]);
          if (now < least) {
            least = now;
            best = box;
          }
        });
      }
      placed.set(node.id, best);
    }
  }
  for (const node of [...order].reverse()) {
    const box = placed.get(node.id);
    const clash = [...placed].some(([id, other]) => id !== node.id && overlap(box, other) > 0);
    const covered = around.get(node.id).discs.some((disc) => overlap(box, disc) > 30);
    const cut = !node.out && box.w * box.h - overlap(box, room) > 60;
    if (!node.must && (clash || covered || cut)) placed.delete(node.id);
  }
  return placed;
}
