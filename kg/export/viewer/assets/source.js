// Where rows come from that the page does not hold yet: from nowhere in a file that holds all, over HTTP in a served page.
let source = null;
const problem = document.getElementById("problem");

function startSource() {
  source = data.live ? liveSource(data.live) : localSource();
}

/** Says over the graph what went wrong, in the error's own words; nothing takes the line away. */
function tellProblem(error) {
  problem.textContent = error ? error.message : "";
  problem.hidden = !error;
}

/** Runs a step that may have to ask a server; what goes wrong is told, and the picture stays as it is. */
async function trying(step) {
  try {
    tellProblem(null);
    return await step();
  } catch (error) {
    tellProblem(error);
    return undefined;
  }
}

/** Loads what the address names and the page lacks, and finds its path: a link brings back what others have loaded. */
async function recall() {
  await trying(async () => {
    const given = new URLSearchParams(location.hash.slice(1));
    if (source.live) {
      for (const id of communitiesNamed(given)) absorb(await source.members(id, { limit: MEMBERS, offset: 0 }));
      const lacking = [...new Set(entitiesNamed(given))].filter((id) => !entities.has(id));
      const counts_ = unpackCounts(given.get("expanded"), () => true, 100);
      for (const id of new Set([...lacking, ...counts_.keys()])) absorb(await source.around(id, { limit: counts_.get(id) || STEP, offset: 0 }));
      readAddress();
    }
    await findPath();
  });
}

/** The entities and communities that a fragment names in the fields of the core. */
function entitiesNamed(given) {
  const ends = (given.get("edge") || "").split(" ");
  return [given.get("entity"), given.get("ego"), ends[0], ends[2], ...unpack(given.get("path"))].filter(Boolean);
}

function communitiesNamed(given) {
  return (given.get("opened") || "").split(",").map((part) => plainId(part.split(";")[0])).filter((id) => communities.has(id));
}
