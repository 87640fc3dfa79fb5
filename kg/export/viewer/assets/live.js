// Answers of the server that stands behind the page. What it says goes into the page as rows, never as markup.
const ANSWER_WAIT = 30000; // milliseconds after which a question is given up
const TRIES = 4; // of a question that the server is too busy for
const WAIT_MOST = 10; // seconds between two of them, whatever the server wishes

/** A question that was put again before its answer came: the answer to the older one is not waited for. */
class Stale extends Error {}

function liveSource(live) {
  const kept = new Map(); // answers by address: going back and forth asks once
  const passed = new Map(); // how many neighbours of each entity have been asked for, best first
  let searching = null;
  siteLinks(live.base);
  // What may come later needs its line in the legend from the start.
  for (const id of live.later || []) {
    if (!relations.has(id)) relations.set(id, { id, label: id, inverse: id, shape: "", figures: true });
  }
  const ask = (path, fields, options) => askServer(live.api + path + "?" + query(fields), kept, options);
  return {
    live: true,
    search: async (text) => {
      if (searching) searching.abort();
      searching = new AbortController();
      const found = await ask("/search", { q: text.slice(0, 200), limit: 12 }, { signal: searching.signal })
        .catch((error) => { if (error instanceof Stale) return { results: [] }; throw error; });
      return found.results.map((row) => ({
        id: row.path.slice(1), label: row.label, kind: row.kind, by: row.matched, claims: row.claims,
        role: row.kind !== "organisation" ? row.kind : roles.has(row.role) ? row.role : "organisation",
      }));
    },
    // Some neighbours may be here by other ways, so that only the server's own order tells which come next.
    around: async (id, { limit, offset }) => {
      const from = offset ? passed.get(id) || 0 : 0;
      const most = Math.min(limit, 100);
      const found = await ask("/view/around", { entity: id, limit: most, offset: from });
      passed.set(id, Math.max(passed.get(id) || 0, from + most));
      return found;
    },
    members: async () => ({}),
    path: (from, to, { without, most }) => ask("/view/path", { from, to, without: [...without].join(","), most }),
    evidence: (id, { limit = 40, offset = 0 } = {}) => ask("/view/evidence", { ...parts(id), limit, offset }),
    words: (claims) => ask("/view/evidence", { claims: claims.map((id) => id.split("/")[1]).join(",") }),
    facets: () => ask("/facets", {}),
  };
}

/** The way to the service's other pages, in the page's head. */
function siteLinks(base) {
  const links = [["Documents", "/documents"], ["Query", "/query"], ["Answers", "/answers"], ["JSON", "/api"], ["About", "/about"]];
  document.querySelector(".brand").after(h("nav", { class: "site", "aria-label": "Service" },
    links.map(([text, path]) => h("a", { href: base + path }, text))));
}

/** What a line's id ("subject relation object polarity") or an entity's is made of, as the server asks for it. */
function parts(id) {
  const [subject, relation, object, polarity] = id.split(" ");
  return relation ? { subject, relation, object, polarity } : { subject };
}

function query(fields) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return new URLSearchParams(given).toString();
}

/** The answer at an address; one that is too busy is asked again when it says so, anything else is told in one line. */
async function askServer(address, kept, { signal } = {}) {
  if (kept.has(address)) return kept.get(address);
  for (let turn = 1; ; turn += 1) {
    const answer = await fetched(address, signal);
    if (answer.ok) {
      const value = await answer.json().catch(() => { throw new Error("The server's answer cannot be read; try again"); });
      kept.set(address, value);
      if (kept.size > 200) kept.delete(kept.keys().next().value);
      return value;
    }
    if (answer.status !== 503 || turn === TRIES) throw new Error(await refusal(answer));
    const seconds = Number(answer.headers.get("Retry-After")) || 2;
    await new Promise((resolve) => { setTimeout(resolve, Math.min(seconds, WAIT_MOST) * 1000); });
    if (signal && signal.aborted) throw new Stale();
  }
}

async function fetched(address, signal) {
  const limits = [AbortSignal.timeout(ANSWER_WAIT), ...(signal ? [signal] : [])];
  try {
    return await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", signal: AbortSignal.any(limits) });
  } catch (error) {
    if (signal && signal.aborted) throw new Stale();
    if (error.name === "TimeoutError") throw new Error("The server has not answered for half a minute; try again");
    throw new Error("The server cannot be reached; is it still running?");
  }
}

/** Why the server refuses, in its own sentence. */
async function refusal(answer) {
  const problem = await answer.json().catch(() => null);
  return problem && problem.detail ? problem.detail : `The server refuses (status ${answer.status})`;
}
