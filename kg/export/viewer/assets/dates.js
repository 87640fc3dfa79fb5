// When documents are from: a range with two handles under a histogram, and a switch for documents without a date.
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const FEW = 30; // months; a longer time is counted by years
const dating = { bins: [], documents: -1, counted: "", set: null, parts: null };
const dateRead = new WeakMap(); // of documents, each once

/** What the counts of claims depend on: while it is the same, so are they. */
function countsKey() {
  return [statements.length, writeFields((each) => each.filter), [...state.woken].join()].join("\n");
}

function dateIn(text) {
  return text && DATE.test(text) ? text : "";
}

/** The date of a statement's document as "2026", "2026-05" or "2026-05-02"; empty where it has none. */
function dateOf(statement) {
  const document_ = documents.get(statement.document);
  if (!document_) return "";
  if (!dateRead.has(document_)) dateRead.set(document_, dateIn(document_.date.slice(0, 10)));
  return dateRead.get(document_);
}

/** Whether a date lies in a range of dates; a month or year must lie in it whole. */
function within(date, since, until) {
  return date >= since && (!until || (date + "-12-31".slice(date.length - 4)).slice(0, until.length) <= until);
}

/** Undated documents are left out once a range is set, unless the reader asks for them. */
function withUndated(filters) {
  return filters.undated === null ? !filters.since && !filters.until : filters.undated;
}

register({ name: "since", filter: true, slide: true, read: (text) => { state.since = dateIn(text); }, write: () => state.since });
register({ name: "until", filter: true, slide: true, read: (text) => { state.until = dateIn(text); }, write: () => state.until });
register({
  name: "undated",
  filter: true,
  read: (text) => { state.undated = text === "yes" ? true : text === "no" ? false : null; },
  write: () => (state.undated === null ? "" : state.undated ? "yes" : "no"),
});
filterTests.push({
  name: "date",
  keep: (statement, filters) => {
    const date = dateOf(statement);
    return date ? within(date, filters.since, filters.until) : withUndated(filters);
  },
});

/** Months or years from the first document to the last; of times too long to be drawn, the years that occur. */
function dateBins() {
  const dates = [...documents.values()].map((row) => dateIn(row.date.slice(0, 10))).filter(Boolean).sort();
  if (!dates.length) return [];
  const [first, last] = [dates[0], dates.at(-1)];
  const month = (date) => Number(date.slice(0, 4)) * 12 + Math.max(1, Math.min(12, Number(date.slice(5, 7) || 1))) - 1;
  const count = month(last) - month(first) + 1;
  if (count <= FEW) {
    return Array.from({ length: count }, (_, number) => month(first) + number)
      .map((each) => String(Math.floor(each / 12)).padStart(4, "0") + "-" + String((each % 12) + 1).padStart(2, "0"));
  }
  const [from, to] = [first, last].map((date) => Number(date.slice(0, 4)));
  if (to - from >= 2 * FEW) return [...new Set(dates.map((date) => date.slice(0, 4)))];
  return Array.from({ length: to - from + 1 }, (_, number) => String(from + number).padStart(4, "0"));
}

function binName(bin) {
  return bin.length > 4 ? MONTHS[Number(bin.slice(5, 7)) - 1] + " " + bin.slice(0, 4) : bin;
}

/** The part of the legend for dates; hidden while no document has one. */
function dateFilter() {
  const handle = (end, label) => h("input", { type: "range", min: 0, step: 1, "aria-label": label, oninput: (event) => moveHandle(end, Number(event.target.value)) });
  const parts = {
    told: h("output", { class: "range" }),
    bars: h("div", { class: "bars" }),
    since: handle("since", "Documents since"),
    until: handle("until", "Documents until"),
    box: h("input", { type: "checkbox", id: "undated", onchange: (event) => refilter({ undated: event.target.checked }) }),
    count: h("span", { class: "count" }),
  };
  parts.slider = h("div", { class: "slider" }, parts.bars, h("div", { class: "handles" }, parts.since, parts.until));
  parts.undated = h("div", { class: "item plain" }, h("label", {}, parts.box, h("span", { class: "name" }, "Undated documents"), parts.count));
  dating.parts = parts;
  dating.set = h("fieldset", { "data-facet": "date", hidden: true }, h("legend", {}, "Dates ", parts.told), parts.slider, parts.undated);
  return dating.set;
}

/** Sets one end of the range; a handle at the outer end sets no limit, and neither handle passes the other. */
function moveHandle(end, at) {
  const last = dating.bins.length - 1;
  const [from, to] = handlePlaces();
  if (end === "since") {
    const place = Math.min(at, to);
    refilter({ since: place === 0 ? "" : dating.bins[place] });
  } else {
    const place = Math.max(at, from);
    refilter({ until: place === last ? "" : dating.bins[place] });
  }
}

function handlePlaces() {
  const bins = dating.bins;
  const from = state.since ? bins.findIndex((bin) => within(bin, state.since, "")) : 0;
  const to = state.until ? bins.findLastIndex((bin) => within(bin, "", state.until)) : bins.length - 1;
  return [from < 0 ? bins.length - 1 : from, Math.max(to, 0)];
}

function updateDates() {
  if (dating.counted !== countsKey()) countDates();
  placeHandles();
}

function countDates() {
  dating.counted = countsKey();
  if (dating.documents !== documents.size) {
    dating.documents = documents.size;
    dating.bins = dateBins();
  }
  const { bins, parts } = dating;
  const { counts: found, undated, some } = dateCounts();
  dating.set.hidden = !bins.length && !(some && state.undated === false);
  parts.slider.hidden = bins.length < 2;
  parts.bars.replaceChildren(...(bins.length > 1 ? [histogram(found, ...handlePlaces())] : []));
  parts.undated.hidden = !some;
  parts.count.textContent = grouped(undated);
}

/** Brings handles and switch in step with the state; a handle that was moved too far comes back. */
function placeHandles() {
  const { bins, parts } = dating;
  const [from, to] = handlePlaces();
  for (const [handle, at] of [[parts.since, from], [parts.until, to]]) {
    handle.max = bins.length - 1;
    handle.value = at;
    handle.setAttribute("aria-valuetext", bins.length ? binName(bins[at]) : "any");
  }
  // The two handles lie on one another at either end: the one that can still be moved comes on top.
  parts.since.classList.toggle("top", from > (bins.length - 1) / 2);
  parts.told.textContent = !bins.length ? "" : !state.since && !state.until ? "any" : from === to ? binName(bins[from]) : shortBin(bins[from]) + " – " + shortBin(bins[to]);
  parts.box.checked = withUndated(state);
}

function shortBin(bin) {
  return bin.length > 4 ? MONTHS[Number(bin.slice(5, 7)) - 1].slice(0, 3) + " " + bin.slice(0, 4) : bin;
}

/** How many statements the other filters leave in each bin and without a date; whether any document has no date. */
function dateCounts() {
  const counts = new Map(dating.bins.map((bin) => [bin, 0]));
  const size = dating.bins.length ? dating.bins[0].length : 4;
  let undated = 0;
  for (const statement of statements) {
    if (!passes(statement, state, "date")) continue;
    const date = dateOf(statement);
    if (!date) undated += 1;
    else {
      const bin = (date.length < size ? date + "-01" : date).slice(0, size);
      counts.set(bin, (counts.get(bin) || 0) + 1);
    }
  }
  const some = [...documents.values()].some((row) => !dateIn(row.date.slice(0, 10)));
  return { counts, undated, some };
}

function histogram(found, from, to) {
  const bins = dating.bins;
  const most = Math.max(1, ...bins.map((bin) => found.get(bin)));
  const step = 200 / bins.length;
  const told = bins.filter((bin) => found.get(bin)).map((bin) => `${binName(bin)}: ${found.get(bin)}`);
  const bars = bins.map((bin, number) => {
    const tall = found.get(bin) ? Math.max(2, (34 * found.get(bin)) / most) : 0;
    const bar = svg("rect", { class: number >= from && number <= to ? "in" : "out", x: number * step + step * 0.1, width: step * 0.8, y: 36 - tall, height: tall });
    bar.append(svg("title", {}, `${binName(bin)}: ${plural(found.get(bin), "claim")}`));
    return bar;
  });
  return svg("svg", { viewBox: "0 0 200 36", preserveAspectRatio: "none", role: "img", "aria-label": "Claims by " + (bins[0].length > 4 ? "month" : "year") + ". " + told.join(", ") }, ...bars);
}
