// The same visible claims and figures as a table, for reading, sorting and for those who do not use the picture.
const tableView = document.getElementById("table-view");
const sorting = { column: "Subject", down: false };
const ROWS = 300;
let shownRows = ROWS;

function labelOf(id) {
  return id === undefined ? "" : entities.get(id).label;
}

function said(statement) {
  const words = [modalities.get(statement.modality).label];
  if (statement.polarity === "negated") words.unshift("✕ does not hold");
  return words.join(", ");
}

function titleOf(statement) {
  return (documents.get(statement.document) || { title: "" }).title;
}

const COLUMNS = [
  { title: "Subject", width: "13%", value: (row) => labelOf(row.subject) },
  { title: "Relation", width: "11%", value: (row) => (row.object === undefined ? row.metric : relations.get(row.relation).label) },
  { title: "Object", width: "13%", value: (row) => (row.object === undefined ? formatValue(row.value, row.unit) + (row.period ? " (" + row.period + ")" : "") : labelOf(row.object)) },
  { title: "Said", width: "11%", value: said },
  { title: "Confidence", width: "9%", number: true, value: (row) => row.confidence },
  { title: "Quote", width: "27%", value: (row) => row.quotes[0].text },
  { title: "Document", width: "16%", value: titleOf },
];

/** Shows graph or table; comes before either is brought in step, as the graph must know its size. */
function updateView() {
  if (state.table) hover(null);
  document.getElementById("graph").hidden = state.table;
  tableView.hidden = !state.table;
  document.querySelector(".stage").classList.toggle("table", state.table);
  document.getElementById("as-graph").setAttribute("aria-pressed", String(!state.table));
  document.getElementById("as-table").setAttribute("aria-pressed", String(state.table));
}

function updateTable(what) {
  const rows = tableView.querySelectorAll("tbody tr");
  const chosenOnly = rows.length && Object.keys(what).length && Object.keys(what).every((key) => key === "entity" || key === "edge");
  if (!state.table) tableView.replaceChildren();
  else if (!chosenOnly) drawTable();
  else for (const row of rows) row.classList.toggle("chosen", isChosen(statementById.get(row.dataset.claim)));
}

function isChosen(statement) {
  return state.entity !== null && statement.about.includes(state.entity);
}

function sorted() {
  const column = COLUMNS.find((each) => each.title === sorting.column);
  const rows = [...current.claims, ...current.figures].map((row) => ({ row, by: column.value(row) }));
  const order = column.number ? (a, b) => a.by - b.by : (a, b) => a.by.localeCompare(b.by, "en");
  rows.sort((a, b) => order(a, b) || (a.row.id < b.row.id ? -1 : 1));
  if (sorting.down) rows.reverse();
  return rows.map((each) => each.row);
}

function headCell(column) {
  const sort = column.title !== sorting.column ? "none" : sorting.down ? "descending" : "ascending";
  const press = () => {
    sorting.down = column.title === sorting.column && !sorting.down;
    sorting.column = column.title;
    drawTable();
    tableView.querySelector(`th[data-column="${column.title}"] button`).focus();
  };
  return h("th", { scope: "col", role: "columnheader", class: column.number ? "number" : "", "aria-sort": sort, "data-column": column.title, width: column.width }, h("button", { type: "button", onclick: press }, column.title));
}

function bodyRow(statement) {
  const cells = COLUMNS.slice(1).map((column) => {
    const value = column.value(statement);
    const cell = (fields, ...content) => h("td", { role: "cell", "data-column": column.title, ...fields }, ...content);
    if (column.title === "Quote") return cell({ class: "quote", dir: "auto" }, plainly(value));
    if (column.number) return cell({ class: "number" }, Math.round(value * 100) + " %");
    if (column.title === "Object" && statement.object !== undefined) return cell({}, entityLink(statement.object));
    return cell({}, name(value));
  });
  return h("tr", { role: "row", class: isChosen(statement) ? "chosen" : "", "data-claim": statement.id },
    h("th", { scope: "row", role: "rowheader" }, entityLink(statement.subject)), cells);
}

function entityLink(id) {
  return h("button", { type: "button", class: "link", onclick: () => select("entity", id) }, name(labelOf(id)));
}

function drawTable() {
  const rows = sorted();
  const more = h("button", { type: "button", class: "more", onclick: () => { shownRows += ROWS; drawTable(); } }, "Show more");
  tableView.replaceChildren(
    // The roles stay when a narrow screen lays the rows out as cards.
    h("table", { role: "table", "aria-label": "Visible claims" },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, COLUMNS.map(headCell))),
      h("tbody", { role: "rowgroup" }, rows.slice(0, shownRows).map(bodyRow))),
    rows.length ? "" : h("p", { class: "nothing" }, "The filters leave no claim."),
    rows.length > shownRows ? more : "",
  );
}
