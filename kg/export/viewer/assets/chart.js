// Figures of one measure over time, drawn small beside their table: what was replaced is crossed out, plans are dotted.
const CHART = { wide: 320, tall: 132, left: 8, right: 312, top: 24, floor: 108 };

/** The middle of a period in years ("2026-Q1" → 2026.125), NaN where it names none. */
function yearOf(period) {
  const range = /^(\d{4})[–-](\d{4})$/.exec(period);
  if (range) return (Number(range[1]) + Number(range[2]) + 1) / 2;
  const found = /^(\d{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?$/.exec(period);
  if (!found) return NaN;
  const [year, quarter, half, month] = found.slice(1).map(Number);
  if (quarter) return year + (quarter - 0.5) / 4;
  if (half) return year + (half - 0.5) / 2;
  return month ? year + (month - 0.5) / 12 : year + 0.5;
}

function isOpen(figure) {
  return figure.modality === "planned" || figure.modality === "possible";
}

/** What the chart says of a figure in words. */
function figureWords(figure) {
  const marks = [isOpen(figure) && modalities.get(figure.modality).label.toLowerCase(), figure.earlier && "replaced", figure.polarity === "negated" && "does not hold"];
  return [`${figure.period}: ${formatValue(figure.value, figure.unit)}`, ...marks.filter(Boolean)].join(", ");
}

/** A chart of figures of one measure and unit; null where they tell of one time only and of no revision. */
function chart(figures) {
  const dated = figures.filter((figure) => !Number.isNaN(yearOf(figure.period)));
  const times = new Set(dated.map((figure) => yearOf(figure.period)));
  if (times.size < 2 && !(dated.length > 1 && dated.some((figure) => figure.earlier))) return null;
  dated.sort((a, b) => yearOf(a.period) - yearOf(b.period) || whenSaid(a).localeCompare(whenSaid(b)) || (a.id < b.id ? -1 : 1));
  const scale = chartScale(dated);
  const standing = standingFigures(dated);
  const title = svg("title", {}, `${figures[0].metric} over time`);
  const description = svg("desc", {}, dated.map(figureWords).join("; "));
  const image = svg("svg", { class: "chart", viewBox: `0 0 ${CHART.wide} ${CHART.tall}`, role: "img" }, title, description,
    svg("line", { class: "ground", x1: CHART.left, x2: CHART.right, y1: scale.y(0), y2: scale.y(0) }),
    ...periodLabels(dated, scale), ...chartLines(standing, scale), ...revisions(dated, standing, scale),
    ...dated.map((figure) => chartPoint(figure, scale)), ...valueLabels(dated, standing, scale));
  image.setAttribute("aria-label", `${title.textContent}: ${description.textContent}`);
  return image;
}

function whenSaid(figure) {
  return (documents.get(figure.document) || { date: "" }).date;
}

/** Places for years and values; the ground is nought unless figures fall below it. */
function chartScale(dated) {
  const years = dated.map((figure) => yearOf(figure.period));
  const values = dated.map((figure) => figure.value);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const inset = 26;
  return {
    x: (figure) => last === first ? CHART.wide / 2 : CHART.left + inset + ((yearOf(figure.period) - first) / (last - first)) * (CHART.right - CHART.left - 2 * inset),
    y: (value) => most === least ? CHART.floor : CHART.floor - ((value - least) / (most - least)) * (CHART.floor - CHART.top),
  };
}

/** For each period the figure that stands: not replaced, not denied, by the newest document. */
function standingFigures(dated) {
  const found = new Map();
  for (const figure of dated) {
    if (!figure.earlier && figure.polarity !== "negated") found.set(yearOf(figure.period), figure);
  }
  return [...found.values()];
}

function chartLines(standing, scale) {
  return standing.slice(1).map((figure, number) => {
    const before = standing[number];
    return svg("line", { class: isOpen(figure) || isOpen(before) ? "course open" : "course", x1: scale.x(before), y1: scale.y(before.value), x2: scale.x(figure), y2: scale.y(figure.value) });
  });
}

/** From each replaced figure to the one that stands for its period. */
function revisions(dated, standing, scale) {
  return dated.filter((figure) => figure.earlier).flatMap((figure) => {
    const newer = standing.find((other) => yearOf(other.period) === yearOf(figure.period));
    return newer ? [svg("line", { class: "revised", x1: scale.x(figure), y1: scale.y(figure.value), x2: scale.x(newer), y2: scale.y(newer.value) })] : [];
  });
}

function chartPoint(figure, scale) {
  const [x, y] = [scale.x(figure), scale.y(figure.value)];
  const over = figure.earlier || figure.polarity === "negated";
  const mark = over
    ? svg("path", { class: "replaced", d: `M${x - 3.5} ${y - 3.5} ${x + 3.5} ${y + 3.5} M${x + 3.5} ${y - 3.5} ${x - 3.5} ${y + 3.5}` })
    : svg("circle", { class: isOpen(figure) ? "point open" : "point", cx: x, cy: y, r: 3.8 });
  mark.append(svg("title", {}, figureWords(figure)));
  return mark;
}

function chartText(x, y, text, kind) {
  return svg("text", { x, y, class: kind, "text-anchor": "middle" }, text);
}

function periodLabels(dated, scale) {
  const labels = [];
  let free = -Infinity;
  for (const figure of dated) {
    const half = figure.period.length * 3.4;
    if (scale.x(figure) - half < free) continue;
    labels.push(chartText(scale.x(figure), CHART.tall - 6, figure.period, "period"));
    free = scale.x(figure) + half + 4;
  }
  return labels;
}

/** The values that stand, above their points, as far as there is room; then those that were replaced, below. */
function valueLabels(dated, standing, scale) {
  const taken = [];
  const place = (figure, below) => {
    const text = formatValue(figure.value, figure.unit);
    const half = text.length * 3.1;
    const x = Math.min(Math.max(scale.x(figure), half), CHART.wide - half);
    const y = scale.y(figure.value) + (below ? 15 : -8);
    const box = { x: x - half, y: y - 9, w: 2 * half, h: 11 };
    if (taken.some((other) => overlap(other, box) > 0) || y > CHART.floor + 8) return [];
    taken.push(box);
    return [chartText(x, y, text, below ? "value past" : "value")];
  };
  const replaced = dated.filter((figure) => figure.earlier);
  return [...[...standing].reverse().flatMap((figure) => place(figure, false)), ...replaced.flatMap((figure) => place(figure, true))];
}
