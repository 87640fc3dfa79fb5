// The view as a page of its own: this page's own source, with the rows that are shown and no others.
const COLUMNS_SAVED = {
  entities: ["id", "label", "aliases", "kind", "role", "roles", "known"],
  claims: ["id", "subject", "relation", "object", "polarity", "modality", "confidence", "document"],
  figures: ["id", "subject", "metric", "value", "unit", "period", "earlier", "polarity", "modality", "confidence", "document"],
  remarks: ["id", "subject", "kind", "topic", "rank", "scope", "others", "told", "polarity", "modality", "confidence", "document"],
  documents: ["id", "title", "publisher", "date", "url", "file"],
};

function tableOf(kind, rows) {
  return { count: rows.length, columns: COLUMNS_SAVED[kind].map((field_) => [field_, rows.map((row) => row[field_])]) };
}

/** JSON that can stand inside a script element. */
function embedded(value) {
  const unsafe = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029" };
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => unsafe[character]);
}

/** The rows of the view: what is shown, and what that names. */
function rowsOfView() {
  const shown = shownStatements();
  const held = new Set(shown.map((statement) => statement.id));
  const named = new Set(shown.flatMap((statement) => [...statement.about, ...(statement.others || [])]));
  const cited = new Set(shown.flatMap((statement) => [statement.document, ...statement.quotes.map((quote) => quote.document)]));
  const conflicts = [...new Set(shown.flatMap((statement) => conflictsOf.get(statement.id) || []))]
    .map((conflict) => ({ ...conflict, members: conflict.members.filter((id) => held.has(id)) }))
    .filter((conflict) => conflict.members.length > 1);
  return {
    entities: [...named].map((id) => entities.get(id)).filter(Boolean), documents: [...cited].map((id) => documents.get(id)).filter(Boolean), conflicts,
    claims: shown.filter((statement) => kindOf(statement) === "Claim"), figures: shown.filter((statement) => kindOf(statement) === "Observation"),
    remarks: shown.filter((statement) => kindOf(statement) === "Remark"),
  };
}

/** Communities with the members that are shown; a page of few entities draws each by itself. */
function communitiesOfView(rows) {
  if (rows.entities.length <= MANY) return [];
  const held = new Set(rows.entities.map((row) => row.id));
  return [...communities.values()].map((community) => {
    const members = community.members.filter((id) => held.has(id));
    return { ...community, members, count: members.length, spots: members.map((id) => community.spots.get(id) || [0, 0]) };
  }).filter((community) => community.count);
}

/** The data of the view's page: what it leaves out cannot be found in the file. */
function dataOfView(rows) {
  const held = new Set(rows.entities.map((row) => row.id));
  const used = new Set(rows.claims.map((claim) => claim.relation));
  const played = new Set(rows.entities.map((row) => row.role));
  const saved = {
    title: data.title, relations: data.relations.filter((row) => used.has(row.id)), modalities: data.modalities, polarities: data.polarities, terms: data.terms, conflictKinds: data.conflictKinds,
    roleNames: data.roleNames, roles: data.roles.filter((row) => played.has(row.id)).map((role) => ({ ...role, off: false })), conflicts: rows.conflicts, communities: communitiesOfView(rows),
    places: rows.entities.map(({ id }) => view.places.get(id) || places.get(id) || null), opens: openingOf(held),
  };
  for (const kind of Object.keys(COLUMNS_SAVED)) saved[kind] = tableOf(kind, rows[kind]);
  // Counted over all that the page holds: they would be wrong of a part.
  if (SAID.reduce((sum, kind) => sum + rows[kind].length, 0) === statements.length) saved.chokepoints = data.chokepoints;
  return saved;
}

/** The fields of the address with which the saved page opens: the filters have done their work. */
function openingOf(held) {
  const plain = ["theme", "view", "order", "entity", "edge", "sort"];
  return writeFields((field_) => plain.includes(field_.name) && (field_.name !== "entity" || held.has(state.entity)));
}

/** The file: scripts and style are this page's own, so its policy knows them; it may ask no server for anything. */
function pageOfView() {
  const root = pristine.cloneNode(true);
  const rows = rowsOfView();
  const words_ = SAID.flatMap((kind) => rows[kind]).map(({ quotes: quotes_, reasons: reasons_, qualifiers }) => ({ quotes: quotes_, reasons: reasons_, qualifiers }));
  root.querySelector("#data").textContent = embedded(dataOfView(rows));
  root.querySelector("#texts").textContent = embedded(words_);
  const policy = root.querySelector("meta[http-equiv]");
  policy.setAttribute("content", policy.getAttribute("content").replace(/; connect-src [^;]*/, ""));
  root.removeAttribute("data-ready");
  return "<!DOCTYPE html>\n" + root.outerHTML + "\n";
}
