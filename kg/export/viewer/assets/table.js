// The same visible claims and figures as a table, for reading, sorting, searching, and for those who do not use the picture.
const tableView = document.getElementById("table-view");
const ROWS = 200; // rows of a page
const paging = { page: 0, rows: [], key: "" };
const tableParts = { field: null, told: null, holder: null };
const rowTexts = new WeakMap();
const sortKeys = new Map();

register({ name: "rows", undo: false, slide: true, read: (text) => { state.rows = text || ""; }, write: () => state.rows });
register({
  name: "sort",
  undo: false,
  read: (text) => {
    const [title, way] = (text || "").split(".");
    const known = ["Subject", "Relation", "Object", "Said", "Confidence", "Quote", "Document", "Date"].includes(title);
    state.sort = { column: known ? title : "Subject", down: known && way === "down" };
  },
  write: () => (state.sort.column === "Subject" && !state.sort.down ? "" : state.sort.column + (state.sort.down ? ".down" : "")),
});

function labelOf(id) {
  return id === undefined ? "" : entities.get(id).label;
}

function said(statement) {
  const words_ = [modalities.get(statement.modality).label];
  if (statement.polarity === "negated") words_.unshift("✕ does not hold");
  if (statement.earlier) words_.push("replaced");
  return words_.join(", ");
}

function titleOf(statement) {
  return (documents.get(statement.document) || { title: "" }).title;
}

function relationOf(row) {
  return row.object !== undefined ? relations.get(row.relation).label : row.metric !== undefined ? row.metric : "remark";
}

function objectOf(row) {
  if (row.object !== undefined) return labelOf(row.object);
  if (row.metric === undefined) return row.told;
  return formatValue(row.value, row.unit) + (row.period ? " (" + row.period + ")" : "");
}

const COLUMNS = [
  { title: "Subject", width: "12%", value: (row) => labelOf(row.subject) },
  { title: "Relation", width: "10%", value: relationOf },
  { title: "Object", width: "13%", value: objectOf },
  { title: "Said", width: "9%", value: said },
  { title: "Confidence", width: "9%", number: true, value: (row) => row.confidence },
  { title: "Quote", width: "25%", value: (row) => (row.quotes[0] || { text: "" }).text },
  { title: "Document", width: "13%", value: titleOf },
  { title: "Date", width: "9%", value: (row) => whenSaid(row) },
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

function startTable() {
  const field_ = h("input", { type: "search", class: "find", id: "rows-sought", "aria-label": "Find in the table", placeholder: "Find in the table", autocomplete: "off", spellcheck: "false", oninput: later(() => readTable({ rows: field_.value }), 120) });
  tableParts.field = field_;
  tableParts.told = h("span", { class: "told-rows", role: "status" });
  tableParts.holder = h("div", {});
  const save = h("button", { type: "button", class: "small", onclick: () => saveClaims(tableRows) }, "CSV");
  save.title = "Save these rows as a CSV file";
  tableView.append(h("div", { class: "above" }, field_, tableParts.told, save), tableParts.holder);
}

/** Changes how the table is read: nothing that is shown elsewhere hangs on it. */
function readTable(what) {
  Object.assign(state, what);
  record(what);
  drawTable();
}

/** The action, once nothing has asked for it for a while. */
function later(action, wait) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };
}

function updateTable() {
  const rows = tableParts.holder.querySelectorAll("tbody tr");
  if (document.activeElement !== tableParts.field) tableParts.field.value = state.rows;
  if (!state.table) tableParts.holder.replaceChildren();
  else if (!rows.length || paging.key !== tableKey()) drawTable();
  else for (const row of rows) row.classList.toggle("chosen", isChosen(statementById.get(row.dataset.claim)));
}

function isChosen(statement) {
  return (state.entity !== null && statement.about.includes(state.entity)) || (state.edge !== null && statement.edge === state.edge);
}

/** A text as it is sorted by; most stand in many rows. */
function sortKey(text) {
  if (!sortKeys.has(text)) sortKeys.set(text, fold(text));
  return sortKeys.get(text);
}

/** What is sought in a row, without marks and capitals. */
function rowText(row) {
  let text = rowTexts.get(row);
  if (text === undefined) {
    text = fold(COLUMNS.filter((column) => !column.number).map((column) => column.value(row)).join(" \n"));
    if (!row.bare) rowTexts.set(row, text);
  }
  return text;
}

/** What the rows depend on: while it is the same, so are they. */
function tableKey() {
  const drawn = view.mode === "ego" || view.mode === "path" ? [...view.entities].join() : "";
  return [state.rows, state.sort.column, state.sort.down, view.mode, drawn, answers, countsKey()].join("\n");
}

/** The rows that filters and search leave, in the chosen order. */
function tableRows() {
  const key = tableKey();
  if (paging.key === key) return paging.rows;
  const sought = fold(state.rows).split(/\s+/).filter(Boolean);
  const column = COLUMNS.find((each) => each.title === state.sort.column);
  const rows = shownStatements().filter((row) => sought.every((word) => rowText(row).includes(word)))
    .map((row) => ({ row, by: column.number ? column.value(row) : sortKey(column.value(row)) }));
  rows.sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : a.row.id < b.row.id ? -1 : 1));
  if (state.sort.down) rows.reverse();
  Object.assign(paging, { key, rows: rows.map((each) => each.row), page: 0 });
  return paging.rows;
}

/** All statements that the filters leave; round an entity or along a path, those whose ends are drawn. */
function shownStatements() {
  const all = [...current.claims, ...current.figures, ...(current.remarks || [])];
  return view.mode === "ego" || view.mode === "path" ? all.filter(inView) : all;
}

function headCell(column) {
  const chosen = column.title === state.sort.column;
  const sort = !chosen ? "none" : state.sort.down ? "descending" : "ascending";
  const press_ = () => {
    readTable({ sort: { column: column.title, down: chosen && !state.sort.down } });
    tableView.querySelector(`th[data-column="${column.title}"] button`).focus();
  };
  return h("th", { scope: "col", role: "columnheader", class: column.number ? "number" : "", "aria-sort": sort, "data-column": column.title, width: column.width }, h("button", { type: "button", onclick: press_ }, column.title));
}

function bodyRow(statement) {
  const cells = COLUMNS.slice(1).map((column) => {
    const value = column.value(statement);
    const cell = (fields_, ...content) => h("td", { role: "cell", "data-column": column.title, ...fields_ }, ...content);
    if (column.title === "Quote") return cell({ class: "quote", dir: "auto" }, plainly(value));
    if (column.number) return cell({ class: "number" }, Math.round(value * 100) + " %");
    if (column.title === "Object" && statement.object !== undefined) return cell({}, entityLink(statement.object));
    return cell(column.title === "Date" ? { class: "date" } : {}, name(value));
  });
  return h("tr", { role: "row", class: isChosen(statement) ? "chosen" : "", "data-claim": statement.id },
    h("th", { scope: "row", role: "rowheader" }, entityLink(statement.subject)), cells);
}

function entityLink(id) {
  return h("button", { type: "button", class: "link", onclick: () => select("entity", id) }, name(labelOf(id)));
}

/** Turns the pages; the keyboard stays on the button as long as there is a further page. */
function pager(count) {
  const last = Math.max(0, Math.ceil(count / ROWS) - 1);
  const turn = (label, to, off) => h("button", { type: "button", class: "small", disabled: off, "data-turn": label, onclick: () => {
    paging.page = to;
    drawTable();
    tableView.scrollTop = 0;
    const again = tableView.querySelector(`[data-turn="${label}"]:not([disabled])`) || tableView.querySelector("[data-turn]:not([disabled])");
    again.focus({ preventScroll: true });
  } }, label);
  const { page } = paging;
  return h("nav", { class: "pager", "aria-label": "Pages of the table" }, turn("First", 0, page === 0), turn("Previous", page - 1, page === 0),
    h("span", {}, `Page ${grouped(page + 1)} of ${grouped(last + 1)}`), turn("Next", page + 1, page === last), turn("Last", last, page === last));
}

function drawTable() {
  const rows = tableRows();
  paging.page = Math.min(paging.page, Math.max(0, Math.ceil(rows.length / ROWS) - 1));
  const from = paging.page * ROWS;
  const page = rows.slice(from, from + ROWS);
  tableParts.told.textContent = rows.length > ROWS
    ? `Rows ${grouped(from + 1)}–${grouped(from + page.length)} of ${grouped(rows.length)}`
    : plural(rows.length, "row");
  const held = tableParts.holder.contains(document.activeElement);
  tableParts.holder.replaceChildren(
    // The roles stay when a narrow screen lays the rows out as cards.
    h("table", { role: "table", "aria-label": "Visible claims", "aria-rowcount": rows.length + 1 },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, COLUMNS.map(headCell))),
      h("tbody", { role: "rowgroup" }, page.map(bodyRow))),
    rows.length ? "" : h("p", { class: "nothing" }, state.rows ? "No claim holds these words." : "The filters leave no claim."),
    rows.length > ROWS ? pager(rows.length) : "",
  );
  if (held) tableView.focus({ preventScroll: true });
}
