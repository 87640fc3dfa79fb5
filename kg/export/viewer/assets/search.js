// Search with completion over names and aliases, after the ARIA pattern of a combobox with a list.
const field = document.getElementById("search");
const list = document.getElementById("found");
const heard = h("p", { class: "unseen", role: "status" });
const MOST = 12;
const PAUSE = 150; // ms of quiet before a server is asked
const seeking = { turn: 0, answered: 0, matches: [], active: -1, hurried: false, index: [], known: 0 };

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The names of all entities loaded, ready to be searched. */
function nameIndex() {
  if (seeking.known !== entities.size) {
    seeking.known = entities.size;
    seeking.index = [...entities.values()].map((entity) => ({ entity, names: [entity.label, ...entity.aliases].map((text) => ({ text, folded: fold(text) })) }));
  }
  return seeking.index;
}

/** The loaded entities whose names hold the words sought: whole name first, then beginnings, then those with most claims. */
function find(text) {
  const sought = fold(text.trim());
  if (!sought) return [];
  const found = [];
  for (const { entity, names: all } of nameIndex()) {
    let best = Infinity;
    let by = "";
    for (const each of all) {
      const at = each.folded.indexOf(sought);
      if (at < 0) continue;
      const word = at === 0 || /[^\p{L}\p{N}]/u.test(each.folded[at - 1]);
      const rank = each.folded === sought ? 0 : at === 0 ? 1 : word ? 2 : 3;
      if (rank < best) [best, by] = [rank, each.text];
    }
    if (best < Infinity) found.push({ entity, by, best });
  }
  found.sort((a, b) => a.best - b.best || claimsLeft(b.entity.id) - claimsLeft(a.entity.id) || (a.entity.label < b.entity.label ? -1 : 1));
  return found.slice(0, MOST);
}

/** How many statements about an entity the filters leave. */
function claimsLeft(id) {
  return (current.of.get(id) || []).length;
}

/** Asks for what the field holds; an answer that a later question has overtaken is dropped. */
async function seek() {
  const text = field.value.trim();
  seeking.turn += 1;
  const { turn } = seeking;
  if (!text) {
    seeking.matches = [];
    return open(false);
  }
  if (source.live) await new Promise((done) => { setTimeout(done, PAUSE); });
  if (turn !== seeking.turn) return undefined;
  let matches = [];
  try {
    matches = await source.search(text);
  } catch (error) {
    tellProblem(error);
  }
  if (turn === seeking.turn && document.activeElement === field) showMatches(matches);
  return undefined;
}

function showMatches(matches) {
  seeking.answered = seeking.turn;
  seeking.matches = matches;
  seeking.active = matches.length ? 0 : -1;
  list.replaceChildren(...matches.map(matchItem));
  if (!matches.length) list.append(h("li", { role: "option", "aria-disabled": "true", class: "nothing" }, "No entity of that name"));
  heard.textContent = matches.length ? plural(matches.length, "match", "matches") : "No entity of that name";
  open(true);
  mark();
  if (seeking.hurried) choose(0);
}

function matchItem(hit, number) {
  const known = entities.get(hit.id);
  const also = !hit.by || hit.by === hit.label ? "" : h("small", {}, " ", name(hit.by));
  const look = known ? entityMark(hit.id) : shapeMark(roles.get(hit.role) || {}, 20, false);
  return h("li", { role: "option", id: "found-" + number, onmousedown: (event) => event.preventDefault(), onclick: () => choose(number) },
    look, h("span", { class: "who" }, name(hit.label), also), h("small", {}, matchNote(hit, known)));
}

function matchNote(hit, known) {
  const role = roles.get(hit.role);
  if (!known) return hit.claims ? plural(hit.claims, "claim") : role ? role.label : "";
  const count = claimsLeft(hit.id);
  if (count) return plural(count, "claim");
  return state.off.role.has(known.role) ? "switched off" : "filtered out";
}

function open(on) {
  list.hidden = !on;
  field.setAttribute("aria-expanded", String(on));
  seeking.hurried = seeking.hurried && on;
  if (on) return;
  field.removeAttribute("aria-activedescendant");
  heard.textContent = "";
}

function mark() {
  const { active } = seeking;
  [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
  if (active >= 0) {
    field.setAttribute("aria-activedescendant", "found-" + active);
    list.children[active].scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

function choose(number) {
  const hit = seeking.matches[number];
  seeking.hurried = false;
  if (!hit) return;
  leaveSearch();
  field.blur();
  go(hit.id);
}

function leaveSearch() {
  seeking.turn += 1;
  field.value = "";
  seeking.matches = [];
  open(false);
}

function searchKeys(event) {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.isComposing) return;
  if (move && seeking.matches.length) seeking.active = (seeking.active + move + seeking.matches.length) % seeking.matches.length;
  else if (event.key === "Enter" && seeking.answered !== seeking.turn) seeking.hurried = true; // the answer is on its way
  else if (event.key === "Enter") choose(seeking.active);
  else if (event.key === "Escape") leaveSearch();
  else return;
  event.preventDefault();
  if (!list.hidden) mark();
}

function startSearch() {
  field.after(heard);
  field.addEventListener("input", seek);
  field.addEventListener("focus", () => {
    hover(null);
    if (field.value) seek();
  });
  field.addEventListener("blur", () => open(false));
  field.addEventListener("keydown", searchKeys);
}
