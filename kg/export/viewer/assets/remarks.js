// Remarks: what is said of somebody's standing ("first in OSAT"), and what was sought and not found.

function remarkCard(remark, seen, disputed = true) {
  const title = seen ? [] : [endLink(remark.subject), ": "];
  const others = (remark.others || []).filter((id) => entities.has(id) && id !== seen);
  const besides = others.length ? h("p", { class: "source" }, remark.kind === "gap" ? "sought for " : "beside ", others.map((id, number) => [number ? ", " : "", endLink(id)])) : null;
  return h("article", { class: "claim remark " + remark.polarity, "data-claim": remark.id },
    h("div", { class: "top" }, h("h4", {}, title, name(remark.told)), badges(remark, disputed)), besides, quotes(remark), reasons(remark), idLine(remark));
}

/** The sections of an entity's remarks. */
function remarkParts(id, remarks) {
  const kinds = [["standing", "Said of it"], ["gap", "Looked for and not found"]];
  return kinds.map(([kind, heading]) => [heading, remarks.filter((remark) => remark.kind === kind)])
    .filter(([, rows]) => rows.length)
    .map(([heading, rows]) => section(heading, rows.length, longList(rows, (row) => remarkCard(row, id))));
}
