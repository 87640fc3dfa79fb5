// Answers out of the rows that the page itself holds; the same questions that a server answers.
const EFFORT = 20000; // steps after which the search for further paths ends

function localSource() {
  return {
    live: false,
    search: async (text) => find(text).map(({ entity, by }) => ({ id: entity.id, label: entity.label, role: entity.role, kind: entity.kind, by })),
    around: async () => ({}),
    members: async () => ({}),
    path: async (from, to, { without, most }) => ({ paths: localPaths(from, to, new Set(without), most), fragment: {} }),
    evidence: async () => ({}),
    facets: async () => ({}),
  };
}

/** The best line of an entity to each neighbour that a path may take: one that holds and passes the filters. */
function steps(id, ends, without) {
  const found = new Map();
  for (const edge of beside.get(id) || []) {
    const other = edge.from === id ? edge.to : edge.from;
    if (without.has(edge.relation) || edge.polarity === "negated" || other === id) continue;
    if (state.off.role.has(entities.get(other).role) && !ends.has(other)) continue;
    const weight = edge.claims.filter((claim) => passes(claim, state, "role")).length;
    if (weight && weight > (found.get(other)?.weight || 0)) found.set(other, { other, edge: edge.id, weight });
  }
  return [...found.values()].sort((a, b) => b.weight - a.weight || (a.other < b.other ? -1 : 1));
}

/** Up to `most` paths as lists of edge ids: the shortest first, then those one step longer. */
function localPaths(from, to, without, most) {
  const ends = new Set([from, to]);
  const memo = new Map();
  const next = (id) => {
    if (!memo.has(id)) memo.set(id, steps(id, ends, without));
    return memo.get(id);
  };
  const far = distances(to, from, next);
  if (!far.has(from)) return [];
  const paths = [];
  let effort = 0;
  const walk = (id, left, seen, taken) => {
    effort += 1;
    if (id === to) {
      if (!left) paths.push(taken);
      return;
    }
    for (const { other, edge } of next(id)) {
      if (paths.length >= most || effort > EFFORT) return;
      if (!seen.has(other) && far.has(other) && far.get(other) < left) walk(other, left - 1, new Set([...seen, other]), [...taken, edge]);
    }
  };
  for (const longer of [0, 1]) walk(from, far.get(from) + longer, new Set([from]), []);
  return paths;
}

/** Steps to `goal` of all entities up to one step farther than `from`. */
function distances(goal, from, next) {
  const far = new Map([[goal, 0]]);
  let edge = [goal];
  while (edge.length && !(far.has(from) && far.get(edge[0]) > far.get(from))) {
    const beyond = [];
    for (const id of edge) {
      for (const { other } of next(id)) {
        if (far.has(other)) continue;
        far.set(other, far.get(id) + 1);
        beyond.push(other);
      }
    }
    edge = beyond;
  }
  return far;
}
