// The history: each change is a step of the browser's, and Undo takes the last change of the picture back.
const past = []; // fragments of the picture's own fields
const future = [];
let inAddress = ""; // the state as the address has it
let picture = ""; // the picture's own part of it
let slid = ""; // the field of a burst of changes
let farthest = 0; // the last step that can be gone forward to
let at = 0; // the step that is shown

const ofPicture = (field) => field.undo;

function readAddress() {
  readFields(location.hash.slice(1) || data.opens || "");
  wakeChosen();
  picture = writeFields(ofPicture);
  inAddress = writeFields();
}

/** Switches the kind of the entity on that the address names: a link to it must show it. */
function wakeChosen() {
  const edge = edges.get(state.edge);
  for (const id of [state.entity, edge && edge.from, edge && edge.to]) if (id) state.off.role.delete(entities.get(id).role);
}

/** Writes the state into the address: a new step, unless nothing changed or a slider is still being drawn. */
function record(what) {
  const fragment = writeFields();
  const mine = writeFields(ofPicture);
  const changed = fields.filter((field) => field.slide && new URLSearchParams(mine).get(field.name) !== new URLSearchParams(picture).get(field.name));
  const slide = changed.length === 1 ? changed[0].name : "";
  const burst = slide && slide === slid;
  slid = slide;
  if (mine !== picture) {
    if (!burst) past.push(picture);
    if (!("undone" in what)) future.length = 0;
    picture = mine;
  }
  if (fragment === inAddress) return;
  inAddress = fragment;
  // In full, since a page within a notebook has no address that a fragment alone could stand behind.
  farthest = at = step() + (burst ? 0 : 1);
  history[burst ? "replaceState" : "pushState"]({ step: at }, "", location.href.split("#")[0] + "#" + fragment);
}

function step() {
  return (history.state && history.state.step) || 0;
}

/** Takes the last change of the picture back, or (`again`) makes it once more. */
function undo(again = false) {
  const [from, to] = again ? [future, past] : [past, future];
  if (!from.length) return;
  const wanted = from.pop();
  to.push(picture);
  readFields(wanted, (field) => !field.undo);
  picture = wanted;
  change({ undone: true });
  fit();
}

function goBack() {
  if (step()) history.back();
}

function goForward() {
  if (step() < farthest) history.forward();
}

/** The address was changed by the browser or by hand: for Undo a change of the picture like any other. */
async function addressChanged() {
  // An address that somebody wrote has no step yet, and nothing lies ahead of it.
  if (!history.state) history.replaceState({ step: farthest = at + 1 }, "");
  at = step();
  farthest = Math.max(farthest, at);
  const before = picture;
  readAddress();
  if (picture !== before) {
    past.push(before);
    future.length = 0;
  }
  await recall();
  change({ entity: state.entity, edge: state.edge });
  if (state.entity) centre(state.entity);
  else fit();
}

function startHistory() {
  history.replaceState({ step: step() }, "");
  farthest = at = step();
  addEventListener("popstate", addressChanged);
}
