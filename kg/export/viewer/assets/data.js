// The rows of the page and what the filters leave of them. Nothing else decides what may be shown.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (rows) => new Map(rows.map((row) => [row.id, row]));
const entities = byId(data.entities);
const documents = byId(data.documents);
const roles = byId(data.roles);
const relations = byId(data.relations);
const modalities = byId(data.modalities);
const polarities = byId(data.polarities);
const edges = byId(data.network.edges);
const facets = { role: roles, relation: relations, modality: modalities, polarity: polarities };
const FIGURES = "figures"; // the line of the legend that stands for observations
if (data.figures.length) {
  relations.set(FIGURES, { id: FIGURES, label: "figures", inverse: "figures", shape: "", figures: true });
}
for (const claim of data.claims) {
  claim.about = [claim.subject, claim.object];
}
for (const figure of data.figures) {
  figure.about = [figure.subject];
  figure.relation = FIGURES;
}
const statements = [...data.claims, ...data.figures];
const statementById = byId(statements);
const conflictsOf = new Map();
for (const conflict of data.conflicts) {
  for (const member of conflict.members) {
    conflictsOf.set(member, [...(conflictsOf.get(member) || []), conflict]);
  }
}
// The order in which the strongest way of saying something is chosen for a line.
const STRENGTH = ["asserted", "reported", "planned", "possible", "historical"];

function roleOf(id) {
  return roles.get(entities.get(id).role);
}

/** Whether a statement passes every filter but the one named `except`. */
function passes(statement, filters, except) {
  return (
    (except === "relation" || !filters.off.relation.has(statement.relation)) &&
    (except === "modality" || !filters.off.modality.has(statement.modality)) &&
    (except === "polarity" || !filters.off.polarity.has(statement.polarity)) &&
    (except === "role" || statement.about.every((id) => !filters.off.role.has(entities.get(id).role))) &&
    statement.confidence >= filters.least
  );
}

/** What the filters leave: statements, the edges that carry them, the entities at their ends. */
function visible(filters) {
  const left = { claims: [], figures: [], ids: new Set(), edges: new Map(), entities: new Set(), of: new Map() };
  for (const statement of statements) {
    if (!passes(statement, filters, "")) continue;
    left.ids.add(statement.id);
    (statement.object === undefined ? left.figures : left.claims).push(statement);
    for (const id of new Set(statement.about)) {
      left.entities.add(id);
      if (!left.of.has(id)) left.of.set(id, []);
      left.of.get(id).push(statement);
    }
  }
  for (const edge of edges.values()) {
    const claims = edge.claims.map((number) => data.claims[number]).filter((claim) => left.ids.has(claim.id));
    if (claims.length) left.edges.set(edge.id, claims);
  }
  return left;
}

/** For each line of the legend, how many it shows or would show: entities of a role, statements of the rest. */
function counts(filters) {
  const result = {};
  for (const facet of Object.keys(facets)) {
    const found = new Map([...facets[facet].keys()].map((id) => [id, new Set()]));
    for (const statement of statements) {
      if (!passes(statement, filters, facet)) continue;
      if (facet !== "role") {
        found.get(statement[facet]).add(statement.id);
        continue;
      }
      for (const id of statement.about) {
        const others = statement.about.filter((other) => other !== id);
        if (others.every((other) => !filters.off.role.has(entities.get(other).role))) {
          found.get(entities.get(id).role).add(id);
        }
      }
    }
    result[facet] = new Map([...found].map(([id, members]) => [id, members.size]));
  }
  return result;
}

/** The roles without which nothing of a relation is shown: what keeps back all that the other filters leave of it. */
function rolesMissing(relation, filters) {
  const held = statements.filter((statement) => statement.relation === relation && passes(statement, filters, "role"));
  const missing = held.map((statement) => statement.about.map((id) => entities.get(id).role).filter((role) => filters.off.role.has(role)));
  if (!held.length || missing.some((each) => !each.length)) return [];
  const always = missing[0].filter((role) => missing.every((each) => each.includes(role)));
  return [...new Set(always.length ? always : missing.flat())];
}

function strongest(claims) {
  return STRENGTH.find((modality) => claims.some((claim) => claim.modality === modality));
}

/** The conflicts of a statement of which at least two sides pass the filters, as lists of statements. */
function openConflicts(statement, left) {
  return (conflictsOf.get(statement.id) || [])
    .map((conflict) => conflict.members.filter((id) => left.ids.has(id)).map((id) => statementById.get(id)))
    .filter((sides) => sides.length > 1);
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
