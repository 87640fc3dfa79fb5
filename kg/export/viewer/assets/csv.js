// Claims as CSV that spreadsheets read: UTF-8 with its mark, every cell quoted, no cell taken for a formula.

/** A cell; a text that a spreadsheet would work out gets an apostrophe before it. */
function csvCell(value) {
  if (typeof value === "number") return String(value);
  const text = value.toWellFormed().replace(/\u0000/g, "");
  return '"' + (/^[=+\-@\t\r\n]/.test(text.trimStart()) || /^[\t\r\n]/.test(text) ? "'" + text : text).replaceAll('"', '""') + '"';
}

const CSV = [
  ["id", (row) => bareId(row)],
  ["subject", (row) => labelOf(row.subject)],
  ["relation", (row) => (row.object !== undefined ? relations.get(row.relation).label : row.metric !== undefined ? row.metric : "remark")],
  ["object", (row) => (row.object !== undefined ? labelOf(row.object) : row.metric === undefined ? row.told : "")],
  ["value", (row) => row.value ?? ""],
  ["unit", (row) => row.unit || ""],
  ["period", (row) => row.period || ""],
  ["replaced", (row) => (row.earlier ? "yes" : "")],
  ["polarity", (row) => row.polarity],
  ["modality", (row) => row.modality],
  ["confidence", (row) => row.confidence],
  ["qualifiers", (row) => (row.qualifiers || []).map(([key, values]) => key + ": " + values.join(", ")).join("; ")],
  ["quote", (row) => row.quotes.map((quote) => quote.text).join(" … ")],
  ["document", (row) => fieldOf(row, "title")],
  ["publisher", (row) => fieldOf(row, "publisher")],
  ["date", (row) => fieldOf(row, "date")],
  ["url", (row) => fieldOf(row, "url")],
  ["file", (row) => fieldOf(row, "file")],
  ["subject id", (row) => row.subject],
  ["object id", (row) => row.object || ""],
];

function fieldOf(statement, field) {
  return (documents.get(statement.document) || {})[field] || "";
}

function csvOf(rows) {
  const lines_ = [CSV.map(([title]) => csvCell(title)), ...rows.map((row) => CSV.map(([, value]) => csvCell(value(row))))];
  return "\ufeff" + lines_.map((cells) => cells.join(",")).join("\r\n") + "\r\n";
}
