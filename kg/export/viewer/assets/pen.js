// A drawing context that writes down as SVG what is drawn with it: the same picture, at any size.

/** Stands in for a canvas's 2D context `real`, which it asks only how wide texts are. */
class Pen {
  constructor(real, wide, tall) {
    this.real = real;
    this.canvas = { width: wide, height: tall, clientWidth: wide, clientHeight: tall };
    this.marks = [];
    this.kept = [];
    this.path = [];
    this.now = {
      turn: new DOMMatrix(), fillStyle: "#000000", strokeStyle: "#000000", lineWidth: 1, globalAlpha: 1, font: "10px sans-serif",
      textAlign: "start", textBaseline: "alphabetic", dash: [], lineCap: "butt", lineJoin: "miter",
    };
    for (const field of ["fillStyle", "strokeStyle", "lineWidth", "globalAlpha", "font", "textAlign", "textBaseline", "lineCap", "lineJoin"]) {
      Object.defineProperty(this, field, { get: () => this.now[field], set: (value) => { this.now[field] = value; } });
    }
  }

  save() { this.kept.push({ ...this.now }); }
  restore() { if (this.kept.length) this.now = this.kept.pop(); }
  setTransform(a, b, c, d, e, f) { this.now.turn = new DOMMatrix([a, b, c, d, e, f]); }
  translate(x, y) { this.now.turn = this.now.turn.translate(x, y); }
  scale(x, y) { this.now.turn = this.now.turn.scale(x, y); }
  rotate(angle) { this.now.turn = this.now.turn.rotate((angle * 180) / Math.PI); }
  setLineDash(dash) { this.now.dash = dash; }
  getLineDash() { return this.now.dash; }
  measureText(text) { this.real.font = this.now.font; return this.real.measureText(text); }
  clearRect() {} // the ground is blank to begin with
  clip() {}
  drawImage() {}

  beginPath() { this.path = []; }
  closePath() { if (this.path.length) this.path.push("Z"); }
  moveTo(x, y) { this.path.push("M" + this.at(x, y)); }
  lineTo(x, y) { this.path.push((this.path.length ? "L" : "M") + this.at(x, y)); }
  quadraticCurveTo(a, b, x, y) { this.path.push("Q" + this.at(a, b) + " " + this.at(x, y)); }
  bezierCurveTo(a, b, c, d, x, y) { this.path.push("C" + this.at(a, b) + " " + this.at(c, d) + " " + this.at(x, y)); }
  rect(x, y, w, h_) { this.path.push(`M${this.at(x, y)}L${this.at(x + w, y)}L${this.at(x + w, y + h_)}L${this.at(x, y + h_)}Z`); }
  roundRect(x, y, w, h_, r) {
    this.moveTo(x + r, y);
    for (const [cx, cy, ex, ey, lx, ly] of [[x + w, y, x + w, y + r, x + w - r, y], [x + w, y + h_, x + w - r, y + h_, x + w, y + h_ - r], [x, y + h_, x, y + h_ - r, x + r, y + h_], [x, y, x + r, y, x, y + r]]) {
      this.lineTo(lx, ly);
      this.quadraticCurveTo(cx, cy, ex, ey);
    }
    this.closePath();
  }
  arc(x, y, r, from, to, back = false) {
    const whole = Math.abs(to - from) >= 2 * Math.PI - 1e-6;
    const point = (angle) => [x + r * Math.cos(angle), y + r * Math.sin(angle)];
    const size = r * this.zoom();
    const [start, end] = [point(from), point(whole ? from + Math.PI : to)];
    const long = whole || Math.abs(to - from) > Math.PI ? 1 : 0;
    const sweep = back ? 0 : 1;
    this.path.push((this.path.length ? "L" : "M") + this.at(...start));
    this.path.push(`A${round(size)} ${round(size)} 0 ${long} ${sweep} ${this.at(...end)}`);
    if (whole) this.path.push(`A${round(size)} ${round(size)} 0 1 ${sweep} ${this.at(...start)}`);
  }
  ellipse(x, y, rx, ry, _turn, from, to) { this.arc(x, y, Math.max(rx, ry), from, to); }
  fillRect(x, y, w, h_) {
    const path = this.path;
    this.path = [];
    this.rect(x, y, w, h_);
    this.fill();
    this.path = path;
  }

  fill() { this.mark(inked("fill", this.now.fillStyle)); }
  stroke() { this.mark({ fill: "none", ...this.line() }); }
  fillText(text, x, y) { this.write(text, x, y, inked("fill", this.now.fillStyle)); }
  strokeText(text, x, y) { this.write(text, x, y, { fill: "none", ...this.line() }); }

  at(x, y) {
    const point = this.now.turn.transformPoint(new DOMPoint(x, y));
    return round(point.x) + " " + round(point.y);
  }
  zoom() { return Math.hypot(this.now.turn.a, this.now.turn.b); }
  line() {
    const dash = this.now.dash.length ? { "stroke-dasharray": this.now.dash.map((each) => round(each * this.zoom())).join(" ") } : {};
    const ends = { ...(this.now.lineCap === "butt" ? {} : { "stroke-linecap": this.now.lineCap }), ...(this.now.lineJoin === "miter" ? {} : { "stroke-linejoin": this.now.lineJoin }) };
    return { ...inked("stroke", this.now.strokeStyle), "stroke-width": round(this.now.lineWidth * this.zoom()), ...dash, ...ends };
  }
  mark(look) {
    if (/[LQCA]/.test(this.path.join(""))) this.marks.push(svg("path", { d: this.path.join(""), ...look, ...this.fade() }));
  }
  write(text, x, y, look) {
    const point = this.now.turn.transformPoint(new DOMPoint(x, y));
    const anchor = { center: "middle", end: "end", right: "end" }[this.now.textAlign] || "start";
    const shift = { middle: 0.35, top: 0.8, hanging: 0.8, bottom: -0.2 }[this.now.textBaseline] || 0;
    const font = /^(?:(bold|\d00) )?([\d.]+)px (.*)$/.exec(this.now.font) || ["", "", "12", "sans-serif"];
    const size = Number(font[2]) * this.zoom();
    this.marks.push(svg("text", { x: round(point.x), y: round(point.y + shift * size), "text-anchor": anchor, "font-size": round(size), "font-family": font[3], ...(font[1] ? { "font-weight": font[1] } : {}), ...look, ...this.fade() }, inXml(text)));
  }
  fade() { return this.now.globalAlpha < 1 ? { opacity: round(this.now.globalAlpha) } : {}; }
}

/** A colour in the form that every program reads: six digits, and apart from them how far it covers. */
function inked(attribute, colour_) {
  const found = /^rgba?\((\d+), ?(\d+), ?(\d+)(?:, ?([\d.]+))?\)$/.exec(colour_);
  if (!found) return { [attribute]: colour_ };
  const hex = "#" + found.slice(1, 4).map((each) => Number(each).toString(16).padStart(2, "0")).join("");
  return Number(found[4] ?? 1) < 1 ? { [attribute]: hex, [attribute + "-opacity"]: found[4] } : { [attribute]: hex };
}

function round(number) {
  return String(Math.round(number * 100) / 100);
}

/** Text without what XML cannot hold. */
function inXml(text) {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}
