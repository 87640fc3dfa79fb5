// Takes the view away: as a picture, a drawing, a table, or a page of its own that needs nothing else.
const pristine = document.documentElement.cloneNode(true); // the page before any script has changed it

function saveBlob(file, blob) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function saveText(file, text, type) {
  saveBlob(file, new Blob([text], { type: type + ";charset=utf-8" }));
}

/** The whole graph as SVG: drawn once more, with a pen that writes down each stroke. */
function drawing_() {
  const canvas = frame.querySelector("canvas");
  const [wide, tall] = [canvas.clientWidth, canvas.clientHeight];
  const pen = new Pen(canvas.getContext("2d"), wide, tall);
  const usual = network.canvas.getContext;
  network.canvas.getContext = () => pen;
  try {
    network.redraw();
  } finally {
    network.canvas.getContext = usual;
    network.redraw();
  }
  const line = svg("text", { x: 14, y: tall + 19, "font-size": 12, "font-family": FONT, fill: ink().dim }, inXml(captionOf()));
  const image = svg("svg", { viewBox: `0 0 ${wide} ${tall + 32}`, width: wide, height: tall + 32 }, svg("title", {}, inXml(data.title)),
    svg("rect", { width: wide, height: tall + 32, fill: ink().page }), ...pen.marks, line);
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(image) + "\n";
}

function captionOf() {
  return data.title + " · " + document.getElementById("shown").textContent;
}

/** Saves the claims that `rows` gives once their words are here. */
async function saveClaims(rows) {
  await allWords(rows());
  saveText("semipack-claims.csv", csvOf(rows()), "text/csv");
}

async function saveView() {
  await allWords(shownStatements());
  saveText("semipack-view.html", pageOfView(), "text/html");
}

function startTake() {
  const items = () => [
    { label: "Picture", note: "PNG", run: savePicture },
    { label: "Drawing", note: "SVG", run: () => asWhole(() => saveText("semipack.svg", drawing_(), "image/svg+xml")) },
    { label: "Claims as a table", note: "CSV", run: () => saveClaims(shownStatements) },
    { label: "Page of this view", note: "HTML", run: saveView },
    { label: "Link to this view", note: "copy", run: () => copy(location.href, "Link") },
  ];
  document.querySelector("main").append(toast);
  document.getElementById("take").replaceChildren(menuButton({ id: "take-away", title: "Save or copy what is shown" }, items, "Take", h("span", { class: "rest" }, " away")));
}
