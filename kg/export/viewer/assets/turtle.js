// A claim, figure or remark as Turtle, in the graph's own terms; every name and text of a document is escaped.

/** An IRI of the graph; what may not stand in one is written as a percent code. */
function iri(base, local) {
  const unsafe = /[\u0000-\u0020<>"{}|^`\\\u007f-\u009f]|\p{Surrogate}|\p{Noncharacter_Code_Point}/gu;
  return "<" + base + local.replace(unsafe, (character) => encodeURIComponent(character.isWellFormed() ? character : "\ufffd")) + ">";
}

function term(local) {
  return /^[A-Za-z][A-Za-z0-9]*$/.test(local) ? "sp:" + local : iri(data.terms.prefixes.sp, local);
}

function literal(text) {
  const escapes = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const escaped = text.toWellFormed().replace(/[\\"\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/gu, (character) =>
    escapes[character] || "\\u" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0"));
  return '"' + escaped + '"';
}

/** A number as Turtle's decimal, without exponent. */
function decimal(value) {
  const text = value.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 });
  return text.includes(".") ? text : text + ".0";
}

/** A node with its properties, those without a value left out. */
function triples(node, pairs) {
  const filled = pairs.filter(([, value]) => value !== "");
  return node + " " + filled.map(([property, value]) => property + " " + value).join(" ;\n    ") + " .\n";
}

function kindOf(statement) {
  return statement.object !== undefined ? "Claim" : statement.metric !== undefined ? "Observation" : "Remark";
}

/** What is said, as pairs of property and value. */
function saidPairs(statement) {
  const { root } = data.terms;
  const kind = kindOf(statement);
  if (kind === "Claim") {
    const parts = [["a", "sp:Statement"], ["rdf:subject", iri(root, statement.subject)], ["rdf:predicate", term(statement.relation)], ["rdf:object", iri(root, statement.object)]];
    const qualifiers = statement.qualifiers.flatMap(([key, values]) => values.map((value) => [term(key), literal(value)]));
    return [["sp:statement", "[ " + parts.map((part) => part.join(" ")).join(" ; ") + " ]"], ...qualifiers];
  }
  if (kind === "Observation") {
    return [["sp:observedEntity", iri(root, statement.subject)], ["sp:metric", `[ a sp:Metric ; rdfs:label ${literal(statement.metric)} ]`],
      ["sp:value", decimal(statement.value)], ["sp:unit", literal(statement.unit)], ["sp:period", statement.period && literal(statement.period)]];
  }
  return [["sp:remarkOf", iri(root, statement.subject)], ["sp:remarkKind", literal(statement.kind)], ["sp:topic", statement.topic && literal(statement.topic)],
    ["sp:rank", statement.rank && literal(statement.rank)], ...statement.scope.map((scope) => ["sp:scope", literal(scope)])];
}

function quotePair(quote) {
  return ["sp:evidence", `[ a oa:SpecificResource ; oa:hasSource ${iri(data.terms.root, quote.document)} ; sp:exact ${literal(quote.text)} ]`];
}

function documentTurtle(id) {
  const row = documents.get(id);
  if (!row) return "";
  return triples(iri(data.terms.root, id), [["a", "sp:Document"], ["sp:fileName", row.file && literal(row.file)], ["dcterms:title", row.title && literal(row.title)],
    ["dcterms:publisher", row.publisher && literal(row.publisher)], ["dcterms:date", row.date && literal(row.date)], ["dcterms:source", row.url && iri("", row.url)]]);
}

/** A statement with its quotes, document and the names of its ends, fit to be added to any graph. */
function turtleOf(statement) {
  const { prefixes, root } = data.terms;
  const head = Object.entries(prefixes).map(([prefix, address]) => `@prefix ${prefix}: <${address}> .\n`).join("");
  const claim = triples(iri(root, statement.id), [["a", "sp:" + kindOf(statement)], ...saidPairs(statement), ["sp:polarity", term(statement.polarity)],
    ["sp:modality", term(statement.modality)], ["sp:confidence", decimal(statement.confidence)], ...statement.reasons.map((reason) => ["sp:reason", literal(reason)]),
    ["prov:wasDerivedFrom", iri(root, statement.document)], ...statement.quotes.map(quotePair)]);
  const sources = [...new Set([statement.document, ...statement.quotes.map((quote) => quote.document)])];
  const ends = [...new Set(statement.about)].map((id) => triples(iri(root, id), [["skos:prefLabel", literal(entities.get(id).label)]]));
  return [head, claim, ...sources.map(documentTurtle), ...ends].filter(Boolean).join("\n");
}
