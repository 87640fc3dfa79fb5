// The rows of the page and what the filters leave of them. Nothing else decides what may be shown.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (rows) => new Map(rows.map((row) => [row.id, row]));
const entities = new Map();
const documents = new Map();
const edges = new Map(); // a line for each subject, relation, object and polarity
const beside = new Map(); // the lines of each entity
const communities = new Map();
const communityOf = new Map();
const ties = []; // how many relations join two communities, where these are not loaded: [id, id, number]
const places = new Map(); // where the page's maker put entities
const more = new Map(); // how many neighbours the server knows beyond those loaded
const statements = [];
const statementById = new Map();
const conflictsOf = new Map();
const conflictById = new Map();
const roles = byId(data.roles);
const relations = byId(data.relations);
const modalities = byId(data.modalities);
const polarities = byId(data.polarities);
const facets = { role: roles, relation: relations, modality: modalities, polarity: polarities };
// The lines of the legend that stand for observations and for remarks.
const FIGURES = "figures";
const REMARKS = "remarks";
// The order in which the strongest way of saying something is chosen for a line.
const STRENGTH = ["asserted", "reported", "planned", "possible", "historical"];
const SAID = ["claims", "figures", "remarks"];
/** Further filters: {name, keep(statement, filters)}. */
const filterTests = [];

/** The rows of a table that came as columns; a column of repeated values comes as its values and their numbers. */
function rowsOf(table) {
  const rows = Array.from({ length: table.count }, () => ({}));
  for (const [field, column] of table.columns) {
    if (Array.isArray(column)) rows.forEach((row, number) => { row[field] = column[number]; });
    else rows.forEach((row, number) => { row[field] = column.of[column.at[number]]; });
  }
  return rows;
}

/** The words of the page's own statements are read when first asked for: most are never looked at. */
const words = (function () {
  let read = null;
  return (number) => {
    if (!read) read = JSON.parse(document.getElementById("texts").textContent);
    return read[number];
  };
})();

class Statement {
  constructor(row) {
    Object.assign(this, row);
    this.about = this.object === undefined ? [this.subject] : [this.subject, this.object];
    if (this.object === undefined) this.relation = this.metric === undefined ? REMARKS : FIGURES;
  }

  /** Whether its words are still with the server. */
  get bare() {
    return this.words === undefined;
  }

  get wording() {
    if (typeof this.words === "number") this.words = words(this.words);
    return this.words || { quotes: [], reasons: [], qualifiers: [] };
  }

  get quotes() { return this.wording.quotes; }
  get reasons() { return this.wording.reasons; }
  get qualifiers() { return this.wording.qualifiers || []; }
}

/** A row of a fragment as a statement: its words are kept apart, as in the page's own. */
function statementOf({ quotes, reasons, qualifiers, ...row }) {
  return new Statement(quotes && quotes.length ? { ...row, words: { quotes, reasons: reasons || [], qualifiers: qualifiers || [] } } : row);
}

function addStatement(statement) {
  if (!statement.about.every((id) => entities.has(id)) || !modalities.has(statement.modality)) return;
  const known = statementById.get(statement.id);
  if (known) {
    if (known.bare && !statement.bare) known.words = statement.words;
    return;
  }
  statements.push(statement);
  statementById.set(statement.id, statement);
  if (statement.object === undefined) {
    const id = statement.relation;
    if (!relations.has(id)) relations.set(id, { id, label: id, inverse: id, shape: "", figures: true });
    return;
  }
  const turned = relations.get(statement.relation)?.symmetric && statement.object < statement.subject;
  const [from, to] = turned ? [statement.object, statement.subject] : [statement.subject, statement.object];
  statement.edge = [from, statement.relation, to, statement.polarity].join(" ");
  let edge = edges.get(statement.edge);
  if (!edge) {
    edge = { id: statement.edge, from, to, relation: statement.relation, polarity: statement.polarity, claims: [] };
    edges.set(edge.id, edge);
    for (const end of from === to ? [from] : [from, to]) beside.get(end).push(edge);
  }
  edge.claims.push(statement);
}

function addEntity(entity) {
  if (!roles.has(entity.role)) entity.role = roles.has("organisation") ? "organisation" : [...roles.keys()][0];
  if (!entities.has(entity.id)) beside.set(entity.id, []);
  entities.set(entity.id, entity);
}

/** Takes a conflict in; a server tells of it whenever it tells of two that have part in it. */
function addConflict({ id, kind, members }) {
  const conflict = conflictById.get(id) || { id, kind, members: [] };
  conflictById.set(id, conflict);
  for (const member of members) {
    if (conflict.members.includes(member)) continue;
    conflict.members.push(member);
    conflictsOf.set(member, [...(conflictsOf.get(member) || []), conflict]);
  }
}

/** Takes rows in: those of the page at its start, later those that a server answers. */
function absorb(fragment) {
  for (const row of fragment.documents || []) documents.set(row.id, row);
  (fragment.entities || []).forEach(addEntity);
  for (const row of SAID.flatMap((table) => fragment[table] || [])) addStatement(row instanceof Statement ? row : statementOf(row));
  (fragment.conflicts || []).forEach(addConflict);
  for (const [id, place] of Object.entries(fragment.places || {})) places.set(id, place);
  for (const [id, count] of Object.entries(fragment.more || {})) more.set(id, count);
  for (const [id, count] of Object.entries(fragment.counts || {})) if (edges.has(id)) edges.get(id).count = count;
  ties.push(...(fragment.ties || []));
  for (const row of fragment.communities || []) {
    const known = communities.get(row.id);
    const held = new Set(known ? known.members : []);
    const fresh = row.members.map((id, number) => [id, row.spots[number]]).filter(([id]) => !held.has(id) && entities.has(id));
    const whole = known || { ...row, members: [], spots: new Map() };
    for (const [id, spot] of fresh) {
      whole.members.push(id);
      if (spot) whole.spots.set(id, spot);
      communityOf.set(id, row.id);
    }
    communities.set(row.id, whole);
  }
}

function roleOf(id) {
  return roles.get(entities.get(id).role);
}

/** How an entity's neighbours follow each other: those with most claims first. */
function neighbours(id, test) {
  const found = new Map();
  for (const edge of beside.get(id) || []) {
    const other = edge.from === id ? edge.to : edge.from;
    if (other === id) continue;
    const weight = test ? edge.claims.filter(test).length : edge.claims.length;
    if (weight) found.set(other, (found.get(other) || 0) + weight);
  }
  const size = (other) => beside.get(other).length;
  return [...found].sort((a, b) => b[1] - a[1] || size(b[0]) - size(a[0]) || (a[0] < b[0] ? -1 : 1)).map(([other]) => other);
}

/** Whether an entity's kind is switched off and it was not called out by itself. */
function asleep(id, filters) {
  return filters.off.role.has(entities.get(id).role) && !(filters.woken && filters.woken.has(id));
}

/** Whether a statement passes every filter but the one named `except`. */
function passes(statement, filters, except) {
  return (
    (except === "relation" || !filters.off.relation.has(statement.relation)) &&
    (except === "modality" || !filters.off.modality.has(statement.modality)) &&
    (except === "polarity" || !filters.off.polarity.has(statement.polarity)) &&
    (except === "role" || !statement.about.some((id) => asleep(id, filters))) &&
    statement.confidence >= filters.least &&
    filterTests.every((test) => except === test.name || test.keep(statement, filters))
  );
}

/** What the filters leave: statements, the edges that carry them, the entities at their ends. */
function visible(filters) {
  const left = { claims: [], figures: [], remarks: [], ids: new Set(), edges: new Map(), entities: new Set(), of: new Map() };
  for (const statement of statements) {
    if (!passes(statement, filters, "")) continue;
    left.ids.add(statement.id);
    ({ [FIGURES]: left.figures, [REMARKS]: left.remarks }[statement.relation] || left.claims).push(statement);
    statement.about.forEach((id, number) => {
      if (number && id === statement.subject) return;
      left.entities.add(id);
      if (!left.of.has(id)) left.of.set(id, []);
      left.of.get(id).push(statement);
    });
    if (statement.edge === undefined) continue;
    if (!left.edges.has(statement.edge)) left.edges.set(statement.edge, []);
    left.edges.get(statement.edge).push(statement);
  }
  return left;
}

/** The one filter among the legend's that holds a statement back, "" where none does, null where several or another do. */
function holder(statement, filters) {
  if (statement.confidence < filters.least || !filterTests.every((test) => test.keep(statement, filters))) return null;
  let found = "";
  for (const facet of ["relation", "modality", "polarity"]) {
    if (!filters.off[facet].has(statement[facet])) continue;
    if (found) return null;
    found = facet;
  }
  if (!statement.about.some((id) => asleep(id, filters))) return found;
  return found ? null : "role";
}

/**
 * For each line of the legend how many it shows or would show (entities of a role, statements of the rest), and for each
 * relation the roles without which nothing of it is shown: {counts, missing}.
 */
function tally(filters) {
  const counts = {};
  for (const facet of Object.keys(facets)) counts[facet] = new Map([...facets[facet].keys()].map((id) => [id, 0]));
  const seen = new Set();
  const held = new Map();
  for (const statement of statements) {
    const by = holder(statement, filters);
    if (by === null) continue;
    for (const facet of ["relation", "modality", "polarity"]) {
      if (!by || by === facet) counts[facet].set(statement[facet], counts[facet].get(statement[facet]) + 1);
    }
    if (by && by !== "role") continue;
    const off = statement.about.filter((id) => asleep(id, filters));
    for (const id of statement.about) {
      if (!seen.has(id) && off.every((other) => other === id)) {
        seen.add(id);
        counts.role.set(entities.get(id).role, counts.role.get(entities.get(id).role) + 1);
      }
    }
    keepBack(held, statement.relation, off.map((id) => entities.get(id).role));
  }
  const missing = new Map([...held].map(([relation, { always, ever }]) => [relation, always.length ? always : [...ever]]));
  return { counts, missing };
}

/** Notes the roles that keep one statement of a relation back: those that keep back each (`always`) or one (`ever`). */
function keepBack(held, relation, off) {
  const known = held.get(relation);
  if (!known) held.set(relation, { always: [...new Set(off)], ever: new Set(off), free: !off.length });
  else if (!off.length || known.free) Object.assign(known, { always: [], ever: new Set(), free: true });
  else {
    known.always = known.always.filter((role) => off.includes(role));
    for (const role of off) known.ever.add(role);
  }
}

function strongest(claims) {
  return STRENGTH.find((modality) => claims.some((claim) => claim.modality === modality));
}

/** What of a conflict passes the filters; nothing where that are not two sides, as of one that is known in part. */
function openSides(conflict, left) {
  const said = conflict.members.filter((id) => left.ids.has(id)).map((id) => statementById.get(id));
  const sides = new Set(said.map(({ subject, object, polarity, value }) => [subject, object, polarity, value].join(" ")));
  return sides.size > 1 ? said : [];
}

/** The conflicts of a statement of which at least two sides pass the filters, as lists of statements. */
function openConflicts(statement, left) {
  return (conflictsOf.get(statement.id) || []).map((conflict) => openSides(conflict, left)).filter((sides) => sides.length);
}

function formatValue(value, unit) {
  const sizes = [[1e12, " trillion"], [1e9, " billion"], [1e6, " million"]];
  const size = sizes.find(([least]) => Math.abs(value) >= least);
  const number = (size ? value / size[0] : value).toLocaleString("en", { maximumFractionDigits: 3 });
  const text = number + (size ? size[1] : "");
  if (unit === "percent") return text + " %";
  if (unit === "USD") return "$" + text;
  return unit ? text + " " + unit : text;
}

/** Takes in what the page was made with. */
function absorbPage() {
  const tables = Object.fromEntries(["entities", "documents", ...SAID].filter((table) => data[table]).map((table) => [table, rowsOf(data[table])]));
  const said = SAID.flatMap((table) => tables[table] || []);
  said.forEach((row, number) => { row.words = number; });
  absorb({ ...data, ...tables, places: {}, claims: said.map((row) => new Statement(row)), figures: [], remarks: [] });
  tables.entities.forEach((entity, number) => { if (data.places[number]) places.set(entity.id, data.places[number]); });
}
absorbPage();
