// Colours and marks, the same on the canvas as in the legend.
const INK = {
  light: { text: "#161b22", dim: "#525d6a", page: "#fbfcfd", bad: "#c8102e", ring: "#161b22" },
  dark: { text: "#e8edf3", dim: "#a5b1be", page: "#0f1318", bad: "#ff7080", ring: "#ffffff" },
};
// How a thing is said is how its line is drawn.
const DASHES = { asserted: false, reported: [9, 5], planned: [2, 5], possible: [1, 7], historical: false };
const FADE = { asserted: 0.9, reported: 0.9, planned: 0.95, possible: 0.95, historical: 0.38 };

function ink() {
  return isDark() ? INK.dark : INK.light;
}

function colour(row) {
  return (isDark() ? row.dark : row.light) || ink().dim;
}

function points(corners, centre, radius, turn, inner) {
  const list = [];
  for (let index = 0; index < corners; index += 1) {
    const angle = turn + (index * 2 * Math.PI) / corners;
    const reach = inner && index % 2 ? radius * inner : radius;
    list.push((centre + reach * Math.cos(angle)).toFixed(1) + "," + (9 + reach * Math.sin(angle)).toFixed(1));
  }
  return list.join(" ");
}

function shapeMark(role, width, hollow) {
  const fill = hollow ? "none" : colour(role);
  const middle = width / 2;
  const up = -Math.PI / 2;
  const shapes = {
    dot: () => svg("circle", { cx: middle, cy: 9, r: 6.2, fill }),
    square: () => svg("rect", { x: middle - 5.5, y: 3.5, width: 11, height: 11, fill }),
    diamond: () => svg("polygon", { points: points(4, middle, 7.4, up), fill }),
    hexagon: () => svg("polygon", { points: points(6, middle, 7, 0), fill }),
    triangle: () => svg("polygon", { points: points(3, middle, 7.6, up), fill }),
    triangleDown: () => svg("polygon", { points: points(3, middle, 7.6, -up), fill }),
    star: () => svg("polygon", { points: points(10, middle, 7.8, up, 0.45), fill }),
  };
  return svg("svg", { viewBox: `0 0 ${width} 18`, "aria-hidden": "true", stroke: hollow ? colour(role) : "none", "stroke-width": 2 }, (shapes[role.shape] || shapes.dot)());
}

function entityMark(id) {
  return shapeMark(roleOf(id), 20, !entities.get(id).known);
}

function lineMark({ stroke, dashes, opacity, head, negated }) {
  const line = { x1: 2, y1: 9, x2: head ? 22 : 28, y2: 9, stroke, "stroke-width": 2.2, opacity: opacity || 1 };
  if (dashes) line["stroke-dasharray"] = dashes.join(" ");
  if (dashes && dashes[0] < 3) line["stroke-linecap"] = "round";
  const mark = svg("svg", { viewBox: "0 0 30 18", "aria-hidden": "true" }, svg("line", line));
  const heads = {
    arrow: "29,9 20,5 20,13",
    vee: "29,9 19,4 22,9 19,14",
    diamond: "29,9 24,5 19,9 24,13",
  };
  if (head === "circle") {
    mark.append(svg("circle", { cx: 25, cy: 9, r: 3.4, fill: stroke }), svg("circle", { cx: 4, cy: 9, r: 3.4, fill: stroke }));
  } else if (heads[head]) {
    mark.append(svg("polygon", { points: heads[head], fill: stroke }));
  }
  if (negated) {
    mark.append(svg("path", { d: "M11 5 19 13 M19 5 11 13", stroke, "stroke-width": 2.2, "stroke-linecap": "round" }));
  }
  return mark;
}

function facetMark(facet, row) {
  if (facet === "role") return shapeMark(row, 30);
  if (facet === "relation" && row.id === FIGURES) {
    return svg("svg", { viewBox: "0 0 30 18", "aria-hidden": "true" },
      ...[[8, 6], [13, 10], [18, 8], [23, 13]].map(([x, tall]) => svg("rect", { x: x - 2, y: 16 - tall, width: 3, height: tall, fill: ink().dim })));
  }
  if (facet === "relation" && row.id === REMARKS) {
    return svg("svg", { viewBox: "0 0 30 18", "aria-hidden": "true" }, svg("path", { d: "M8 3h14a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-7l-4 3.5V13H8a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z", fill: ink().dim }));
  }
  if (facet === "relation") return lineMark({ stroke: colour(row), head: row.shape });
  if (facet === "modality") {
    return lineMark({ stroke: ink().text, dashes: DASHES[row.id], opacity: FADE[row.id] });
  }
  const negated = row.id === "negated";
  return lineMark({ stroke: negated ? ink().bad : ink().text, negated });
}
