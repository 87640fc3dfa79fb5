// Places for what has none of its own, or stands better elsewhere: rings round one entity, columns along a path, a crowd.
const TURN = 2.399963; // the golden angle
const ROOM = 78; // between two nodes of a crowd
const RING = 250;
const ARC = 74; // of a ring, for each node

/** Rings round `centre`; `layers` lists what is one, two … steps away, `parent` says through whom. */
function ringed(centre, layers, parent, order) {
  const children = new Map();
  for (const id of layers.flat()) children.set(parent.get(id), [...(children.get(parent.get(id)) || []), id]);
  const leaves = (id) => (children.get(id) || []).reduce((sum, child) => sum + leaves(child), 0) || 1;
  const placed = new Map([[centre, [0, 0]]]);
  let reach = 0;
  const radii = layers.map((layer) => {
    reach = Math.max(reach + RING, (layer.reduce((sum, id) => sum + leaves(id), 0) * ARC) / (2 * Math.PI));
    return reach;
  });
  const spread = (id, from, to, depth) => {
    const all = order(children.get(id) || [], id);
    const whole = all.reduce((sum, child) => sum + leaves(child), 0);
    let at = from;
    all.forEach((child, number) => {
      const wide = ((to - from) * leaves(child)) / whole;
      const radius = radii[depth] + (all.length > 9 && number % 2 ? RING * 0.34 : 0); // every other one steps back, for its name
      placed.set(child, [radius * Math.cos(at + wide / 2), radius * Math.sin(at + wide / 2)]);
      spread(child, at, at + wide, depth + 1);
      at += wide;
    });
  };
  spread(centre, -Math.PI / 2, 1.5 * Math.PI, 0);
  return placed;
}

/** Columns from the start of the paths to their end; `routes` are lists of ids. */
function lined(routes) {
  const column = new Map();
  const last = Math.max(...routes.map((route) => route.length)) - 1;
  for (const route of routes) route.forEach((id, number) => { if (!column.has(id)) column.set(id, id === route.at(-1) ? last : number); });
  const placed = new Map();
  for (let number = 0; number <= last; number += 1) {
    const ids = [...column.keys()].filter((id) => column.get(id) === number);
    ids.forEach((id, row) => placed.set(id, [number * 240, (row - (ids.length - 1) / 2) * 120 + (number % 2 && ids.length % 2 === 0 ? 14 : 0)]));
  }
  return placed;
}

/** Free room round `centre` for one more node, at least `from` away. */
function freeBeside(centre, taken, from = 130) {
  for (let number = 0; number < 400; number += 1) {
    const radius = from + 9 * Math.sqrt(number) * 4;
    const at = [centre[0] + 1.25 * radius * Math.cos(number * TURN), centre[1] + radius * Math.sin(number * TURN)];
    if (taken.every((other) => Math.abs(other[0] - at[0]) > 110 || Math.abs(other[1] - at[1]) > 58)) return at;
  }
  return [centre[0] + from, centre[1] + from];
}

/** A crowd laid out by springs and repulsion from a spiral in the order of `ids`; the same input gives the same places. */
function crowded(ids, pairs) {
  const count = ids.length;
  const number = new Map(ids.map((id, index) => [id, index]));
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    x[index] = ROOM * Math.sqrt(index + 1) * Math.cos(index * TURN);
    y[index] = ROOM * Math.sqrt(index + 1) * Math.sin(index * TURN);
  }
  const links_ = pairs.map(([a, b]) => [number.get(a), number.get(b)]);
  const ideal = ROOM * 1.5;
  for (let round = 0; round < 140; round += 1) pull(x, y, links_, ideal, ideal * (1 - round / 140) + 2);
  return new Map(ids.map((id, index) => [id, [x[index], y[index]]]));
}

/** One round of Fruchterman and Reingold's forces; no node moves farther than `heat`. */
function pull(x, y, links_, ideal, heat) {
  const count = x.length;
  const dx = new Float64Array(count);
  const dy = new Float64Array(count);
  for (let a = 0; a < count; a += 1) {
    dx[a] -= x[a] * 0.12; // all are drawn to the middle, so that loose parts do not drift away
    dy[a] -= y[a] * 0.12;
    for (let b = a + 1; b < count; b += 1) {
      const across = x[a] - x[b];
      const down = (y[a] - y[b]) * 1.3; // names are wide: rows may be closer than columns
      const force = (ideal * ideal) / Math.max(across * across + down * down, 1);
      dx[a] += across * force;
      dx[b] -= across * force;
      dy[a] += down * force;
      dy[b] -= down * force;
    }
  }
  for (const [a, b] of links_) {
    const across = x[a] - x[b];
    const down = y[a] - y[b];
    const force = Math.hypot(across, down) / ideal;
    dx[a] -= across * force;
    dx[b] += across * force;
    dy[a] -= down * force;
    dy[b] += down * force;
  }
  for (let a = 0; a < count; a += 1) {
    const far = Math.max(Math.hypot(dx[a], dy[a]), 1e-9);
    x[a] += (dx[a] / far) * Math.min(far, heat);
    y[a] += (dy[a] / far) * Math.min(far, heat);
  }
}
