// Search with completion over names and aliases, after the ARIA pattern of a combobox with a list.
const field = document.getElementById("search");
const list = document.getElementById("found");
const MOST = 12;
let matches = [];
let active = -1;

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

const index = data.entities.map((entity) => ({
  entity,
  names: [entity.label, ...entity.aliases].map((text) => ({ text, folded: fold(text) })),
}));

/** The entities whose names hold the words sought: whole name first, then beginnings, then the best connected. */
function find(text) {
  const sought = fold(text.trim());
  if (!sought) return [];
  const found = [];
  for (const { entity, names: all } of index) {
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
  const weight = (hit) => (current.of.get(hit.entity.id) || []).length;
  found.sort((a, b) => a.best - b.best || weight(b) - weight(a) || (a.entity.label < b.entity.label ? -1 : 1));
  return found.slice(0, MOST);
}

function showMatches() {
  matches = find(field.value);
  active = matches.length ? 0 : -1;
  list.replaceChildren(...matches.map((hit, number) => {
    const count = (current.of.get(hit.entity.id) || []).length;
    const also = hit.by === hit.entity.label ? "" : h("small", {}, " ", name(hit.by));
    return h("li", { role: "option", id: "found-" + number, onmousedown: (event) => event.preventDefault(), onclick: () => choose(number) },
      entityMark(hit.entity.id), h("span", { class: "who" }, name(hit.entity.label), also),
      h("small", {}, count ? plural(count, "claim") : state.off.role.has(hit.entity.role) ? "switched off" : "filtered out"));
  }));
  if (field.value.trim() && !matches.length) {
    list.append(h("li", { role: "option", "aria-disabled": "true", class: "nothing" }, "No entity of that name"));
  }
  open(Boolean(field.value.trim()));
  mark();
}

function open(on) {
  list.hidden = !on;
  field.setAttribute("aria-expanded", String(on));
  if (!on) field.removeAttribute("aria-activedescendant");
}

function mark() {
  [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
  if (active >= 0) {
    field.setAttribute("aria-activedescendant", "found-" + active);
    list.children[active].scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

function choose(number) {
  const hit = matches[number];
  if (!hit) return;
  field.value = "";
  open(false);
  field.blur();
  wakeRole(hit.entity.role);
  select("entity", hit.entity.id);
  centre(hit.entity.id);
}

function startSearch() {
  field.addEventListener("input", showMatches);
  field.addEventListener("focus", () => {
    hover(null);
    if (field.value) showMatches();
  });
  field.addEventListener("blur", () => open(false));
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && matches.length) active = (active + step + matches.length) % matches.length;
    else if (event.key === "Enter") choose(active);
    else if (event.key === "Escape") {
      field.value = "";
      open(false);
    } else return;
    event.preventDefault();
    if (!list.hidden) mark();
  });
}
