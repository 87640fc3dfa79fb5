// The panel beside the graph: an overview, or what is known of the chosen entity or line, with its evidence.
const panel = document.getElementById("panel");
const FIRST = 40; // cards of a group before "show more"

function updatePanel(what) {
  const inside = panel.contains(document.activeElement);
  const moved = "entity" in what || "edge" in what;
  panel.classList.toggle("resting", !state.entity && !state.edge);
  // On a narrow screen the panel would lie over the table: there it opens for what is chosen, not for what was.
  if (moved || !state.table) panel.classList.remove("away");
  else if ("table" in what || !panel.childElementCount) panel.classList.add("away");
  if (state.entity) panel.replaceChildren(...entityPanel(state.entity));
  else if (state.edge) panel.replaceChildren(...edgePanel(edges.get(state.edge)));
  else panel.replaceChildren(...overview());
  if (moved) panel.scrollTop = 0;
  // What was pressed is gone: a reader at the keyboard goes on at the top of the new panel.
  if (inside) panel.focus({ preventScroll: true });
}

function closeButton() {
  return h("button", { type: "button", class: "close", "aria-label": "Close and return to the overview", onclick: () => select(null, null) }, "×");
}

function section(heading, count, ...children) {
  return h("section", {}, h("h3", {}, heading, h("span", { class: "count" }, String(count))), ...children);
}

function cards(claims, seen) {
  const box = h("div", {}, claims.slice(0, FIRST).map((claim) => claimCard(claim, seen)));
  let told = FIRST;
  const more = h("button", { type: "button", class: "more", onclick: () => {
    more.before(...claims.slice(told, told + FIRST).map((claim) => claimCard(claim, seen)));
    told += FIRST;
    if (told >= claims.length) more.remove();
  } }, "Show more");
  if (claims.length > FIRST) box.append(more);
  return box;
}

function entityRow(id, count) {
  return h("li", {}, h("button", { type: "button", class: "row", onclick: () => { select("entity", id); centre(id); } },
    entityMark(id), h("span", {}, name(entities.get(id).label)), h("small", {}, count)));
}

function overview() {
  const order = [...current.entities].sort((a, b) => (degree.get(b) || 0) - (degree.get(a) || 0) || (entities.get(a).label < entities.get(b).label ? -1 : 1));
  const connected = order.filter((id) => degree.get(id)).slice(0, 10);
  const parts = [
    h("h2", {}, "Evidence"),
    h("p", { class: "under" }, "Choose an entity or a line to read the sentences it rests on."),
    section("Most connected", connected.length, h("ul", {}, connected.map((id) => entityRow(id, plural(degree.get(id), "relation"))))),
  ];
  const disputed = disagreements(statements.filter((statement) => current.ids.has(statement.id)));
  if (disputed.length) parts.push(section("Disagreements", disputed.length, disputed.slice(0, 5)));
  parts.push(section("Documents", documents.size, h("ul", {}, [...documents.values()].slice(0, 50).map((row) =>
    h("li", {}, sourceLine({ document: row.id }))))));
  return parts;
}

/** The groups of an entity's claims: each relation in each direction, in the legend's order. */
function groups(id, claims) {
  const found = new Map();
  for (const claim of claims) {
    const relation = relations.get(claim.relation);
    const inward = claim.subject !== id && !relation.symmetric;
    const key = relation.id + (inward ? " in" : " out");
    if (!found.has(key)) found.set(key, { heading: inward ? relation.inverse : relation.label, claims: [], key });
    found.get(key).claims.push(claim);
  }
  const place = [...relations.keys()].flatMap((each) => [each + " out", each + " in"]);
  return [...found.values()].sort((a, b) => place.indexOf(a.key) - place.indexOf(b.key));
}

function otherEnd(id, claim) {
  return entities.get(claim.subject === id ? claim.object : claim.subject).label;
}

function entityPanel(id) {
  const entity = entities.get(id);
  const left = current.of.get(id) || [];
  const claims = left.filter((statement) => statement.object !== undefined);
  const figures = left.filter((statement) => statement.object === undefined);
  const kinds = entity.roles.length ? entity.roles.map((role) => data.roleNames[role]) : [roles.get(entity.role).label];
  const parts = [
    h("div", { class: "head" }, entityMark(id), h("div", {}, h("h2", {}, name(entity.label)),
      h("p", { class: "under" }, kinds.join(", "), entity.known ? "" : " · not in the registry"),
      entity.aliases.length ? h("p", { class: "under" }, "Also ", entity.aliases.slice(0, 12).map((alias, number) => [number ? ", " : "", name(alias)])) : null), closeButton()),
    hiddenNotice(id, left.length),
    ...disagreements(left),
  ];
  if (figures.length) {
    figures.sort((a, b) => (a.metric < b.metric ? -1 : a.metric > b.metric ? 1 : a.period < b.period ? -1 : 1));
    parts.push(section("figures", figures.length, figureTable(figures)));
  }
  for (const group of groups(id, claims)) {
    group.claims.sort((a, b) => (otherEnd(id, a) < otherEnd(id, b) ? -1 : otherEnd(id, a) > otherEnd(id, b) ? 1 : b.confidence - a.confidence));
    parts.push(section(group.heading, group.claims.length, cards(group.claims, id)));
  }
  return parts.filter(Boolean);
}

/** Says how much the filters keep back, and offers to lift them; never shows any of it. */
function hiddenNotice(id, shown) {
  const all = statements.filter((statement) => statement.about.includes(id)).length;
  if (all === shown) return all ? null : h("p", { class: "notice" }, "No claim is about it.");
  const lift = () => {
    for (const facet of Object.keys(facets)) state.off[facet] = new Set();
    change({ least: 0 });
  };
  return h("p", { class: "notice" }, plural(all - shown, "claim is", "claims are") + " hidden by the filters. ",
    h("button", { type: "button", class: "link", onclick: lift }, "Show everything"));
}

function edgePanel(edge) {
  const claims = current.edges.get(edge.id) || [];
  const relation = relations.get(edge.relation);
  const end = (id) => h("button", { type: "button", class: "link", onclick: () => select("entity", id) }, name(entities.get(id).label));
  const title = edge.polarity === "negated" ? relation.label + ", denied" : relation.label;
  const pair = new Set([edge.from, edge.to]);
  const between = current.claims.filter((claim) => !claims.includes(claim) && pair.has(claim.subject) && pair.has(claim.object));
  const parts = [
    h("div", { class: "head" }, h("div", {}, h("h2", {}, end(edge.from), " ", h("span", {}, relation.symmetric ? "↔" : "→"), " ", end(edge.to)),
      h("p", { class: "under" }, title)), closeButton()),
    ...disagreements(claims),
    section(title, claims.length, cards(claims, null)),
  ];
  if (between.length) parts.push(section("Also between these two", between.length, cards(between, null)));
  return parts;
}
