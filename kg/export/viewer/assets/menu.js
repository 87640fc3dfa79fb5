// Popup menus after the ARIA pattern of a menu button: one list for the whole page, beside whatever opened it.
const popup = h("ul", { id: "menu", class: "menu", role: "menu", hidden: true, onkeydown: menuKeys });
let opener = null;

/** A button that opens a menu; `items` gives, at each opening, rows of {label, note, run} or {label, href}. */
function menuButton(fields, items, ...content) {
  const button = h("button", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "menu", ...fields }, ...content);
  button.addEventListener("click", () => (opener === button ? closeMenu() : openMenu(button, items())));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    openMenu(button, items());
  });
  return button;
}

function menuItem({ label, note, run, href }) {
  const content = [h("span", {}, label), note ? h("small", {}, note) : null];
  const entry = href
    ? h("a", { role: "menuitem", tabindex: -1, href, onclick: closeMenu }, content)
    : h("button", { type: "button", role: "menuitem", tabindex: -1, onclick: () => { closeMenu(); run(); } }, content);
  return h("li", { role: "none" }, entry);
}

function openMenu(button, rows) {
  closeMenu();
  opener = button;
  button.setAttribute("aria-expanded", "true");
  popup.setAttribute("aria-label", button.getAttribute("aria-label") || button.textContent);
  popup.replaceChildren(...rows.map(menuItem));
  popup.hidden = false;
  placeMenu();
  popup.querySelector("[role=menuitem]").focus();
}

/** Puts the menu below its button, above it where there is no room; a button that is out of sight closes it. */
function placeMenu() {
  const at = opener.getBoundingClientRect();
  if (at.bottom < 0 || at.top > innerHeight || !at.width) return closeMenu();
  const below = at.bottom + 6 + popup.offsetHeight <= innerHeight;
  popup.style.left = Math.max(8, Math.min(at.right - popup.offsetWidth, innerWidth - popup.offsetWidth - 8)) + "px";
  popup.style.top = Math.max(8, below ? at.bottom + 4 : at.top - popup.offsetHeight - 4) + "px";
  return undefined;
}

/** Closes the menu; the keyboard goes on at the button that opened it. */
function closeMenu() {
  if (!opener) return;
  const button = opener;
  opener = null;
  const inside = popup.contains(document.activeElement);
  button.setAttribute("aria-expanded", "false");
  popup.hidden = true;
  popup.removeAttribute("style");
  if (inside) button.focus({ preventScroll: true });
}

function menuKeys(event) {
  const entries = [...popup.querySelectorAll("[role=menuitem]")];
  const at = entries.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) entries.at(to % entries.length).focus();
  else if (event.key === "Escape") closeMenu();
  else if (event.key === "Tab") return closeMenu();
  else return undefined;
  event.preventDefault();
  event.stopPropagation();
  return undefined;
}

function startMenus() {
  document.querySelector("main").append(popup);
  addEventListener("pointerdown", (event) => {
    if (opener && !popup.contains(event.target) && !opener.contains(event.target)) closeMenu();
  }, true);
  addEventListener("resize", closeMenu);
  addEventListener("scroll", () => { if (opener) placeMenu(); }, true);
}
