// In a served page: what the server has yet to tell of the claims that the panel shows.
const PAGE_OF_EVIDENCE = 40; // claims of one answer
const AT_ONCE = 6; // questions under way
const CLAIMS_AT_ONCE = 24; // in one question
const waiting = new Set(); // claims, lines and entities to be asked for
const answered = new Map(); // line or entity → {got, total}: how many of its claims have been asked for, of how many
let fetching = false;
let answers = 0; // that came

/** Asks for claims whose words are still with the server, each once. */
function loadWords(claims) {
  want(bareOf(claims));
}

const bareOf = (claims) => claims.filter((claim) => claim.bare && isClaim(claim.id)).map((claim) => claim.id);
const isClaim = (id) => id.startsWith("claim/");

function want(ids) {
  if (!source.live) return;
  for (const id of ids) if (!answered.has(id)) waiting.add(id);
  if (!waiting.size || fetching) return;
  fetching = true;
  queueMicrotask(fetchWanted);
}

async function fetchWanted() {
  while (waiting.size) {
    const claims = [...waiting].filter(isClaim).slice(0, CLAIMS_AT_ONCE);
    const ids = [...waiting].filter((id) => !isClaim(id)).slice(0, AT_ONCE);
    for (const id of [...claims, ...ids]) {
      waiting.delete(id);
      answered.set(id, { got: PAGE_OF_EVIDENCE, total: 0 });
    }
    await trying(() => Promise.all([takeWords(claims), ...ids.map((id) => takeEvidence(id, 0))]));
  }
  fetching = false;
  change({});
}

async function takeWords(claims) {
  if (claims.length) takeIn(await source.words(claims));
}

async function takeEvidence(id, offset) {
  const found = await source.evidence(id, { limit: PAGE_OF_EVIDENCE, offset });
  takeIn(found);
  answered.set(id, { got: offset + PAGE_OF_EVIDENCE, total: found.total || 0 });
}

/** Takes in an answer; how many neighbours there are beyond it says nothing of an entity that the page has with others. */
function takeIn(found) {
  const fresh = Object.entries(found.more || {}).filter(([id]) => !entities.has(id));
  absorb({ ...found, more: Object.fromEntries(fresh) });
  answers += 1;
}

/** How many claims of an entity or a line are here, with their words or without. */
function heldClaims(id) {
  const lines = edges.has(id) ? [edges.get(id)] : beside.get(id) || [];
  return lines.reduce((count, { claims }) => count + claims.length, 0);
}

/** Asks for the first evidence of what the panel shows; a button for what is left of it, null where there is none. */
function furtherEvidence(id) {
  want([id]);
  const { got, total } = answered.get(id) || { got: 0, total: 0 };
  if (got >= total || heldClaims(id) >= total) return null;
  const next = async () => {
    await trying(() => takeEvidence(id, got));
    change({});
  };
  return h("button", { type: "button", class: "more", onclick: next }, `Load more of ${plural(total, "claim")}`);
}

/** Loads the words of all these claims: what is taken away holds its quotes. */
async function allWords(claims) {
  const ids = bareOf(claims);
  if (!source.live || !ids.length) return;
  say(`Loading the words of ${plural(ids.length, "claim")}`);
  for (let at = 0; at < ids.length; at += CLAIMS_AT_ONCE) {
    const done = await trying(async () => { await takeWords(ids.slice(at, at + CLAIMS_AT_ONCE)); return true; });
    if (!done) return;
  }
}
