// Takes single claims away: as text, as Turtle, as a link; and says what was copied.
const toast = h("p", { class: "toast", role: "status" });
let toastTimer = 0;

function say(text) {
  toast.textContent = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.textContent = ""; }, 4000);
}

/** Copies `text`; where a browser does not let the page, shows it, chosen, to be copied by hand. */
async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    say(what + " copied");
  } catch {
    copyByHand(text, what);
  }
}

function copyByHand(text, what) {
  const area = h("textarea", { readonly: true, rows: 10, "aria-label": what });
  area.value = text;
  const box = h("dialog", { class: "byhand", "aria-label": "Copy by hand" }, h("p", {}, "Press Ctrl+C (⌘C) to copy."), area,
    h("button", { type: "button", onclick: () => box.close() }, "Close"));
  const back = document.activeElement;
  box.addEventListener("keydown", (event) => event.stopPropagation()); // its Escape is not the page's
  box.addEventListener("close", () => {
    box.remove();
    if (back) back.focus({ preventScroll: true });
  });
  document.querySelector("main").append(box);
  box.showModal();
  area.select();
  if (document.execCommand("copy")) {
    box.close();
    say(what + " copied");
  }
}

function whoSays(statement) {
  const row = documents.get(statement.document) || { title: statement.document, publisher: "", date: "", url: "" };
  return [row.title, row.publisher, row.date, row.url].filter(Boolean).join(", ");
}

/** What a statement says in one line. */
function sentence(statement) {
  const subject = labelOf(statement.subject);
  const not = statement.polarity === "negated" ? "(does not hold) " : "";
  if (statement.object !== undefined) return `${not}${subject} ${relations.get(statement.relation).label} ${labelOf(statement.object)}`;
  if (statement.metric === undefined) return `${not}${subject}: ${statement.told}`;
  const period = statement.period ? ` (${statement.period})` : "";
  return `${not}${subject}: ${statement.metric} ${formatValue(statement.value, statement.unit)}${period}`;
}

/** A statement as text for a note or a mail: what is said, the words, where they stand. */
function textOf(statement) {
  const how = [modalities.get(statement.modality).label.toLowerCase(), `confidence ${Math.round(statement.confidence * 100)} %`].join(", ");
  const words = statement.quotes.map((quote) => `“${shownText(quote.text)}”`);
  return [`${sentence(statement)} [${how}]`, ...words, `— ${whoSays(statement)} (${bareId(statement)})`, ""].join("\n");
}

/** Text with its invisible characters written out, as the page shows it. */
function shownText(text) {
  return plainly(text).map((part) => (typeof part === "string" ? part : part.textContent)).join("");
}

function bareId(statement) {
  return statement.id.replace(/^[a-z]+\//, "");
}

/** The address of this page with a claim opened; the filters go along, as they let it pass. */
function linkTo(statement) {
  const fields = new URLSearchParams(location.hash.slice(1));
  for (const field of ["entity", "edge", "view"]) fields.delete(field);
  if (statement.edge) fields.set("edge", statement.edge);
  else fields.set("entity", statement.subject);
  fields.set("claim", statement.id);
  return location.href.split("#")[0] + "#" + fields.toString();
}

/** The menu of one claim. */
function claimMenu(statement) {
  const what = { Claim: "claim", Observation: "figure", Remark: "remark" }[kindOf(statement)];
  const items = () => [
    { label: "Copy as text", run: () => copy(textOf(statement), "Text") },
    { label: "Copy as Turtle", run: () => copy(turtleOf(statement), "Turtle") },
    { label: "Copy link", note: "opens here", run: () => copy(linkTo(statement), "Link") },
    ...(data.live ? [{ label: `Page of this ${what}`, href: data.live.base + "/" + statement.id }] : []),
  ];
  return menuButton({ class: "dots", "aria-label": `Take this ${what} away: ${sentence(statement)}` }, items, h("span", { "aria-hidden": "true" }, "⋯"));
}
