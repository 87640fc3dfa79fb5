// One claim or figure as a card: what is said, how, in which words, by whom.

function badges(statement, disputed = true) {
  const list = [];
  if (statement.polarity === "negated") list.push(h("span", { class: "badge negated" }, "✕ does not hold"));
  if (statement.modality !== "asserted") {
    list.push(h("span", { class: "badge " + statement.modality }, modalities.get(statement.modality).label));
  }
  if (disputed && openConflicts(statement, current).length) list.push(h("span", { class: "badge conflict" }, "disputed"));
  return list;
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
  return statement.quotes.map((quote) => [quotation(quote.text, statement.subject, statement.object), sourceLine(quote)]);
}

function reasons(statement) {
  const sure = "Confidence " + Math.round(statement.confidence * 100) + " %";
  if (!statement.reasons.length) return h("p", { class: "source" }, sure);
  return h("details", { class: "why" }, h("summary", {}, sure + ", why"), h("ul", {}, statement.reasons.map((reason) => h("li", {}, name(reason)))));
}

/** What `kg judge` calls a claim or figure, to be copied. */
function idLine(statement) {
  return h("p", { class: "id" }, h("code", { title: "The id of this " + (statement.object === undefined ? "figure" : "claim") + ", for kg judge" }, statement.id.replace(/^[a-z]+\//, "")));
}

/** The card of a claim; `seen` is the id of the entity whose panel it stands in, none where both ends are to be named. */
function claimCard(claim, seen, disputed = true) {
  const relation = relations.get(claim.relation);
  const other = seen === claim.subject ? claim.object : claim.subject;
  const link = (id) => h("button", { type: "button", class: "link", onclick: () => select("entity", id) }, name(entities.get(id).label));
  const title = seen ? [link(other)] : [link(claim.subject), " " + relation.label + " ", link(claim.object)];
  const qualifiers = claim.qualifiers.length
    ? h("dl", { class: "qualifiers" }, claim.qualifiers.map(([key, values]) => [h("dt", {}, key), h("dd", {}, name(values.join(", ")))]))
    : null;
  return h("article", { class: "claim " + claim.polarity, "data-claim": claim.id },
    h("div", { class: "top" }, h("h4", {}, title), badges(claim, disputed)), quotes(claim), qualifiers, reasons(claim), idLine(claim));
}

function figureTable(figures) {
  const row = (figure) => [
    h("tr", { class: figure.earlier ? "earlier" : "", "data-claim": figure.id },
      h("th", { scope: "row" }, name(figure.metric)),
      h("td", { class: "number" }, formatValue(figure.value, figure.unit)),
      h("td", {}, name(figure.period), " ", figure.earlier ? h("span", { class: "badge" }, "replaced") : null, badges(figure))),
    h("tr", { class: "below" }, h("td", { colspan: 3 }, h("details", {}, h("summary", {}, "Quote and source"), quotes(figure), reasons(figure), idLine(figure)))),
  ];
  const heads = ["Measure", "Value", "Period"].map((text) => h("th", { scope: "col" }, text));
  return h("table", {}, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, figures.map(row)));
}

/** What contradicts what, both sides next to each other; each conflict once. */
function disagreements(statements_) {
  const told = new Set();
  const boxes = [];
  for (const statement of statements_) {
    for (const sides of openConflicts(statement, current)) {
      const key = sides.map((side) => side.id).sort().join(" ");
      if (told.has(key)) continue;
      told.add(key);
      boxes.push(h("div", { class: "disagree" },
        h("h3", {}, sides[0].object === undefined ? "Sources give different figures" : "Sources disagree"),
        h("div", { class: "sides" }, sides.map(side))));
    }
  }
  return boxes;
}

function side(statement) {
  if (statement.object !== undefined) return claimCard(statement, null, false);
  return h("article", { class: "claim" },
    h("div", { class: "top" }, h("h4", {}, name(statement.metric), " ", formatValue(statement.value, statement.unit), " ", name(statement.period)), badges(statement, false)),
    quotes(statement), idLine(statement));
}
