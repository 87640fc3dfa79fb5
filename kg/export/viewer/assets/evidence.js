// One claim or figure as a card: what is said, how, in which words, by whom.

function badges(statement, disputed = true) {
  const list_ = [];
  if (statement.polarity === "negated") list_.push(h("span", { class: "badge negated" }, "✕ does not hold"));
  if (statement.modality !== "asserted") {
    list_.push(h("span", { class: "badge " + statement.modality }, modalities.get(statement.modality).label));
  }
  if (disputed && openConflicts(statement, current).length) list_.push(h("span", { class: "badge conflict" }, "disputed"));
  return list_;
}

/** "0/3/1" in words; tables, rows and columns are counted from 1 for people. */
function cellName(cell) {
  const numbers = /^(\d+)\/(\d+)\/(\d+)$/.exec(cell);
  if (!numbers) return cell && "table cell " + cell;
  const [table, row, column] = numbers.slice(1).map((number) => Number(number) + 1);
  return `table ${table}, row ${row}, column ${column}`;
}

function sourceLine(quote) {
  const document_ = documents.get(quote.document);
  if (!document_) return h("p", { class: "source" }, "Source not listed");
  const title = document_.url
    ? h("a", { href: document_.url, target: "_blank", rel: "noopener noreferrer" }, name(document_.title))
    : name(document_.title);
  const rest = [document_.publisher, document_.date, cellName(quote.cell || ""), quote.pointer].filter(Boolean);
  return h("p", { class: "source" }, title, rest.map((part) => [" · ", h("span", { class: part.length < 24 ? "solid" : "" }, name(part))]));
}

function quotes(statement) {
  if (statement.bare) return [h("p", { class: "source" }, fetching ? "Its words are being loaded." : "Its words have not been loaded."), sourceLine(statement)];
  return statement.quotes.map((quote) => [quotation(quote.text, statement.subject, statement.object), sourceLine(quote)]);
}

function reasons(statement) {
  const sure = "Confidence " + Math.round(statement.confidence * 100) + " %";
  if (!statement.reasons.length) return h("p", { class: "source" }, sure);
  return h("details", { class: "why" }, h("summary", {}, sure + ", why"), h("ul", {}, statement.reasons.map((reason) => h("li", {}, name(reason)))));
}

/** What `kg judge` calls a claim or figure, to be copied, and the menu that takes it away. */
function idLine(statement) {
  const what = statement.object === undefined ? "figure" : "claim";
  return h("p", { class: "id" }, h("code", { title: `The id of this ${what}, for kg judge` }, bareId(statement)), claimMenu(statement));
}

function endLink(id) {
  return h("button", { type: "button", class: "link", onclick: () => go(id) }, name(entities.get(id).label));
}

/** The card of a claim; `seen` is the id of the entity whose panel it stands in, none where both ends are to be named. */
function claimCard(claim, seen, disputed = true) {
  const relation = relations.get(claim.relation);
  const other = seen === claim.subject ? claim.object : claim.subject;
  const title = seen ? [endLink(other)] : [endLink(claim.subject), " " + relation.label + " ", endLink(claim.object)];
  const qualifiers = claim.qualifiers.length
    ? h("dl", { class: "qualifiers" }, claim.qualifiers.map(([key, values]) => [h("dt", {}, key), h("dd", {}, name(values.join(", ")))]))
    : null;
  return h("article", { class: "claim " + claim.polarity, "data-claim": claim.id },
    h("div", { class: "top" }, h("h4", {}, title), badges(claim, disputed)), quotes(claim), qualifiers, reasons(claim), idLine(claim));
}

/** The card of whatever is said: a claim with both ends, a figure or a remark. */
function statementCard(statement, disputed = true) {
  if (statement.object !== undefined) return claimCard(statement, null, disputed);
  if (statement.metric === undefined) return remarkCard(statement, null, disputed);
  return h("article", { class: "claim", "data-claim": statement.id },
    h("div", { class: "top" }, h("h4", {}, endLink(statement.subject), " ", name(statement.metric), " ", formatValue(statement.value, statement.unit), " ", name(statement.period)),
      statement.earlier ? h("span", { class: "badge" }, "replaced") : null, badges(statement, disputed)),
    quotes(statement), reasons(statement), idLine(statement));
}

/** The figures of an entity: for each measure and unit a chart, where they tell of several times, then all in one table. */
function figureParts(figures) {
  const groups_ = new Map();
  for (const figure of figures) {
    const key = figure.metric + "\n" + figure.unit;
    groups_.set(key, [...(groups_.get(key) || []), figure]);
  }
  const charts = [...groups_.values()].map((group) => [group[0], chart(group)]).filter(([, drawn]) => drawn);
  const captioned = charts.map(([first, drawn]) => h("figure", {}, h("figcaption", {}, name(first.metric), chartKey(figures.filter((each) => each.metric === first.metric))), drawn));
  return [...captioned, figureTable(figures)];
}

/** What dotted lines and crosses mean, where a chart has them. */
function chartKey(figures) {
  const notes = [figures.some(isOpen) && "dotted: planned", figures.some((figure) => figure.earlier) && "crossed: replaced"].filter(Boolean);
  return notes.length ? h("small", {}, notes.join(" · ")) : null;
}

function figureTable(figures) {
  const row = (figure) => [
    h("tr", { class: figure.earlier ? "earlier" : "", "data-claim": figure.id },
      h("th", { scope: "row" }, name(figure.metric)),
      h("td", { class: "number" }, formatValue(figure.value, figure.unit)),
      h("td", {}, name(figure.period), " ", figure.earlier ? h("span", { class: "badge" }, "replaced") : null, badges(figure))),
    h("tr", { class: "below" }, h("td", { colspan: 3 }, h("details", { open: state.claim === figure.id }, h("summary", {}, "Quote and source"), quotes(figure), reasons(figure), idLine(figure)))),
  ];
  const heads = ["Measure", "Value", "Period"].map((text) => h("th", { scope: "col" }, text));
  return h("table", {}, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, figures.map(row)));
}

/** What a kind of conflict is called and what it means, in the ontology's words. */
function kindWords(kind) {
  const { label, about } = new Map(Object.entries(data.conflictKinds || {})).get(kind) || { label: kind, about: "" };
  return { label: label.slice(0, 1).toUpperCase() + label.slice(1), about };
}

/** The conflicts among some statements of which two sides or more pass the filters, each once: {conflict, sides}. */
function conflictsAmong(statements_) {
  const found = new Map();
  for (const statement of statements_) {
    for (const conflict of conflictsOf.get(statement.id) || []) {
      const sides = openSides(conflict, current);
      if (sides.length) found.set(conflict.id, { conflict, sides });
    }
  }
  return [...found.values()];
}

/** A conflict, its sides next to each other; without its title where that stands above already. */
function conflictBox({ conflict, sides }, titled = true) {
  const { label, about } = kindWords(conflict.kind);
  const title = titled ? [h("h3", {}, name(label)), h("p", { class: "because" }, about)] : [];
  return h("div", { class: "disagree", "data-kind": conflict.kind }, title, h("div", { class: "sides" }, sides.map((each) => statementCard(each, false))));
}

/** The conflicts among some statements: the first two open, further ones behind a line that counts them. */
function disagreements(statements_) {
  const boxes = conflictsAmong(statements_).map((each) => conflictBox(each));
  const rest = boxes.slice(2);
  return rest.length ? [...boxes.slice(0, 2), h("details", { class: "kind" }, h("summary", {}, plural(rest.length, "more disagreement")), rest)] : boxes;
}
