// The panel beside the graph: an overview, or what is known of the chosen entity or line, with its evidence.
const panel = document.getElementById("panel");
const FIRST = 40; // cards of a group before "show more"

register({ name: "claim", undo: false, read: readClaim, write: () => (pointedHere() ? state.claim : "") });
register({ name: "order", undo: false, read: (text) => { state.order = text === "date" ? "date" : ""; }, write: () => state.order });

function updatePanel(what) {
  const held = heldStop();
  const moved = "entity" in what || "edge" in what;
  if (!pointedHere()) state.claim = null;
  panel.classList.toggle("resting", !state.entity && !state.edge);
  // On a narrow screen the panel would lie over the table: there it opens for what is chosen, not for what was.
  if (moved || !state.table) panel.classList.remove("away");
  else if ("table" in what || !panel.childElementCount) panel.classList.add("away");
  if (state.entity) panel.replaceChildren(...entityPanel(state.entity));
  else if (state.edge) panel.replaceChildren(...edgePanel(edges.get(state.edge)));
  else panel.replaceChildren(...overview());
  if (moved || "order" in what) panel.scrollTop = 0;
  if (held) regain(held, moved);
  pointOut();
}

const stops = () => [...panel.querySelectorAll("button, a, summary")];

/** Where in the panel the keyboard is: {at, text}, null where it is elsewhere. */
function heldStop() {
  const { activeElement } = document;
  return panel.contains(activeElement) ? { at: stops().indexOf(activeElement), text: activeElement.textContent } : null;
}

/** What was pressed is gone: a reader at the keyboard goes on at its like, or at the top of a panel that tells of something else. */
function regain({ at, text }, moved) {
  const like = moved ? undefined : stops()[at];
  (like && like.textContent === text ? like : panel).focus({ preventScroll: true });
}

/** A link may name a claim alone: its line, or whom it is about, is chosen with it. */
function readClaim(text) {
  state.claim = text;
  const claim = statementById.get(text);
  if (!claim || state.entity || state.edge) return;
  if (claim.edge) state.edge = claim.edge;
  else state.entity = claim.subject;
}

/** Whether the claim that a link names belongs to what the panel shows. */
function pointedHere() {
  const claim = state.claim && statementById.get(state.claim);
  return Boolean(claim) && (claim.edge === state.edge || claim.about.includes(state.entity));
}

let pointedAt = null;

/** Marks the claim that a link names, and brings it into sight once. */
function pointOut() {
  const card = state.claim && [...panel.querySelectorAll("[data-claim]")].find((each) => each.dataset.claim === state.claim);
  if (card) {
    card.classList.add("pointed");
    if (pointedAt !== state.claim) panel.scrollTop += card.getBoundingClientRect().top - panel.getBoundingClientRect().top - 60;
  }
  pointedAt = state.claim;
}

function closeButton() {
  return h("button", { type: "button", class: "close", "aria-label": "Close and return to the overview", onclick: () => select(null, null) }, "×");
}

function section(heading, count, ...children) {
  return h("section", {}, h("h3", {}, name(heading), h("span", { class: "count" }, grouped(count))), ...children);
}

/** The first rows as cards, more at a press; the one that a link names is among the first. */
function longList(rows, card) {
  const named = rows.findIndex((row) => row.id === state.claim);
  let told = Math.max(FIRST, named + 1);
  const box = h("div", {}, rows.slice(0, told).map(card));
  const more_ = h("button", { type: "button", class: "more", onclick: () => {
    const fresh = rows.slice(told, told + FIRST).map(card);
    more_.before(...fresh);
    told += FIRST;
    fresh[0].querySelector("button, summary, a")?.focus({ preventScroll: true });
    if (told >= rows.length) more_.remove();
  } }, "Show more");
  if (rows.length > told) box.append(more_);
  return box;
}

function cards(claims, seen) {
  loadWords(claims.slice(0, FIRST));
  return longList(claims, (claim) => claimCard(claim, seen));
}

function entityRow(id, note) {
  return h("li", {}, h("button", { type: "button", class: "row", onclick: () => go(id) },
    entityMark(id), h("span", {}, name(entities.get(id).label)), h("small", {}, note)));
}

function overview() {
  const lines_ = new Map();
  for (const id of current.edges.keys()) for (const end of new Set([edges.get(id).from, edges.get(id).to])) lines_.set(end, (lines_.get(end) || 0) + 1);
  const order = [...lines_.keys()].sort((a, b) => lines_.get(b) - lines_.get(a) || (entities.get(a).label < entities.get(b).label ? -1 : 1)).slice(0, 10);
  const parts = [
    h("h2", {}, "Evidence"),
    h("p", { class: "under" }, "Choose an entity or a line to read the sentences it rests on."),
    section("Most connected", order.length, h("ul", {}, order.map((id) => entityRow(id, plural(lines_.get(id), "relation"))))),
    ...chokepointPart(), ...disputePart(),
  ];
  const cited = new Set([...current.claims, ...current.figures, ...current.remarks].map((statement) => statement.document));
  const used = [...documents.values()].filter((row) => cited.has(row.id));
  parts.push(section("Documents", used.length, h("ul", {}, used.slice(0, 50).map((row) => h("li", {}, sourceLine({ document: row.id }))))));
  return parts;
}

/** Entities that many others hang on, as the page's maker found them, as far as the filters leave them. */
function chokepointPart() {
  const rows = (data.chokepoints || []).filter((row) => current.entities.has(row.id));
  const note = writeFields((each) => each.filter) ? [h("p", { class: "because" }, "Counted over all documents, whatever the filters leave.")] : [];
  const item = (row) => h("li", {}, h("button", { type: "button", class: "row", onclick: () => go(row.id) },
    entityMark(row.id), h("span", {}, name(entities.get(row.id).label), h("small", { class: "reason" }, name(row.why)))));
  return rows.length ? [section("Chokepoints", rows.length, ...note, h("ul", {}, rows.slice(0, 10).map(item)))] : [];
}

/** All conflicts that the filters leave, by kind. */
function disputePart() {
  const found = conflictsAmong([...conflictsOf.keys()].filter((id) => current.ids.has(id)).map((id) => statementById.get(id)));
  if (!found.length) return [];
  const kinds = [...new Set(found.map((each) => each.conflict.kind))].sort();
  const part = (kind) => {
    const rows = found.filter((each) => each.conflict.kind === kind);
    return h("details", { class: "kind", open: kinds.length === 1 || rows.length < 4 },
      h("summary", {}, name(kindWords(kind).label), h("span", { class: "count" }, grouped(rows.length))),
      h("p", { class: "because" }, kindWords(kind).about), longList(rows, (row) => conflictBox(row, false)));
  };
  return [section("Disagreements", found.length, ...kinds.map(part))];
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
  const kinds = entity.roles.length ? entity.roles.map((role) => data.roleNames[role] || role) : [roles.get(entity.role).label];
  return [
    h("div", { class: "head" }, entityMark(id), h("div", {}, h("h2", {}, name(entity.label)),
      h("p", { class: "under" }, kinds.join(", "), entity.known ? "" : " · not in the registry"),
      entity.aliases.length ? h("p", { class: "under" }, "Also ", entity.aliases.slice(0, 12).map((alias, number) => [number ? ", " : "", name(alias)])) : null), closeButton()),
    actions(id), hiddenNotice(id, left.length), ...disagreements(left), ...(state.order === "date" ? timeline(left) : byRelationParts(id, left)), furtherEvidence(id),
  ].filter(Boolean);
}

/** What can be done with an entity; in a served page also the pages about it. */
function actions(id) {
  const round_ = state.ego === id;
  const button = (label, pressed, run) => h("button", { type: "button", "aria-pressed": pressed === null ? null : String(pressed), onclick: run }, label);
  const pages = data.live ? [["Page", "/"], ["Impact", "/impact/"], ["Brief", "/brief/"]] : [];
  return h("div", { class: "actions", role: "group", "aria-label": "Actions" },
    button("Ego view", round_, () => (round_ ? leaveEgo() : ego(id, state.depth || 1))),
    button("Path to…", null, () => askPath(id)),
    button("Pin", state.pins.has(id), () => (state.pins.has(id) ? unpin(id) : pin(id))),
    button("Timeline", state.order === "date", () => change({ order: state.order === "date" ? "" : "date" })),
    pages.map(([label, path_]) => h("a", { href: data.live.base + path_ + id }, label)));
}

function byRelationParts(id, left) {
  const claims = left.filter((statement) => kindOf(statement) === "Claim");
  const figures = left.filter((statement) => kindOf(statement) === "Observation");
  const parts = remarkParts(id, left.filter((statement) => kindOf(statement) === "Remark"));
  if (figures.length) {
    figures.sort((a, b) => (a.metric < b.metric ? -1 : a.metric > b.metric ? 1 : a.period < b.period ? -1 : a.period > b.period ? 1 : a.id < b.id ? -1 : 1));
    parts.push(section("figures", figures.length, ...figureParts(figures)));
  }
  for (const group of groups(id, claims)) {
    group.claims.sort((a, b) => (otherEnd(id, a) < otherEnd(id, b) ? -1 : otherEnd(id, a) > otherEnd(id, b) ? 1 : b.confidence - a.confidence));
    parts.push(section(group.heading, group.claims.length, cards(group.claims, id)));
  }
  return parts;
}

/** All that is said, by the date of its document, the newest first; what has no date comes last. */
function timeline(left) {
  const days = new Map();
  for (const statement of left) {
    const date = dateOf(statement);
    if (!days.has(date)) days.set(date, []);
    days.get(date).push(statement);
  }
  const order = [...days.keys()].sort((a, b) => (a < b ? 1 : -1));
  loadWords(left.slice(0, FIRST));
  return order.map((date) => section(date || "No date", days.get(date).length, longList(days.get(date), (statement) => statementCard(statement))));
}

/** Says how much the filters keep back, and offers to lift them; never shows any of it. */
function hiddenNotice(id, shown) {
  const all = statements.filter((statement) => statement.about.includes(id)).length;
  if (all === shown) return all ? null : h("p", { class: "notice" }, "No claim is about it.");
  return h("p", { class: "notice" }, plural(all - shown, "claim is", "claims are") + " hidden by the filters. ",
    h("button", { type: "button", class: "link", onclick: liftFilters }, "Show everything"));
}

function liftFilters() {
  const off = Object.fromEntries(Object.keys(facets).map((facet) => [facet, new Set()]));
  change({ off, least: 0, since: "", until: "", undated: null, sources: { only: false, ids: new Set() } });
}

function edgePanel(edge) {
  const claims = current.edges.get(edge.id) || [];
  const relation = relations.get(edge.relation);
  const title = edge.polarity === "negated" ? relation.label + ", denied" : relation.label;
  const pair = new Set([edge.from, edge.to]);
  const between = current.claims.filter((claim) => claim.edge !== edge.id && pair.has(claim.subject) && pair.has(claim.object));
  const parts = [
    h("div", { class: "head" }, h("div", {}, h("h2", {}, endLink(edge.from), " ", h("span", {}, relation.symmetric ? "↔" : "→"), " ", endLink(edge.to)),
      h("p", { class: "under" }, title)), closeButton()),
    ...disagreements(claims),
    section(title, claims.length, cards(claims, null)), furtherEvidence(edge.id),
  ];
  if (between.length) parts.push(section("Also between these two", between.length, cards(between, null)));
  return parts.filter(Boolean);
}
