"""A path in words."""

from kg.analytics.path import Chain, PathAnswer
from kg.analytics.telling.hops import hop_lines
from kg.analytics.telling.quotes import named, quoted, wrapped
from kg.analytics.telling.scope import limits, undated
from kg.query import visible

_WITHOUT = {
    "modality": "with what is planned, only possible or over as well",
    "confidence": "with less sure claims as well",
    "date": "with documents of any date",
    "source": "with all documents",
    "relation": "with all relations",
    "length": "with longer chains",
    "direction": "with ties followed in any direction, which is no dependence",
    "rivalry": "with rivals as well, who do not depend on each other",
    "reverse": "the other way round",
    "several": "with all limits given up together",
}


def lines(answer: PathAnswer, width: int) -> list[str]:
    """How one entity depends on another, hop by hop with the best quote of each."""
    start, end = answer.from_.label, answer.to.label
    tied = "is tied to" if answer.any_direction else "depends on"
    if not answer.paths:
        return [*_none(answer, width), *undated(answer.undated)]
    count = len(answer.paths)
    ways = "by one chain" if count == 1 else f"by {count} chains, the shortest and surest first"
    told = [visible(f"{start} {tied} {end} {ways} ({limits(answer.scope)})")]
    for number, chain in enumerate(answer.paths, 1):
        told += ["", *_chain(f"{number}. ", chain, width)]
    return [*told, *undated(answer.undated)]


def _none(answer: PathAnswer, width: int) -> list[str]:
    start, end = answer.from_.label, answer.to.label
    longest = f"at most {answer.longest} hops"
    told = wrapped(f"No path from {start} to {end} under these limits: {limits(answer.scope)}, {longest}.", width)
    if answer.denied:
        told += ["", "The documents deny it:"]
        for each in answer.denied:
            told += [f"   {named(each)}", *quoted(each, width)]
    if not answer.misses:
        proof = "" if answer.denied else "; that is no proof that nothing does"
        said = f"No tie in the documents joins the two, whatever the limits{proof}."
        return [*told, "", *wrapped(f"{said} Rivalry is none; `kg compare` tells what is said between them.", width)]
    for miss in answer.misses:
        told += ["", f"But {_WITHOUT[miss.limit]}:", *_chain("", miss.chain, width)]
    return told


def _chain(mark: str, chain: Chain, width: int) -> list[str]:
    names = " → ".join([chain.hops[0].dependent.label, *(hop.provider.label for hop in chain.hops)])
    hops = "1 hop" if len(chain.hops) == 1 else f"{len(chain.hops)} hops"
    told = wrapped(f"{mark}{names} ({hops}, confidence {chain.confidence:.2f})", width)
    for hop in chain.hops:
        told += hop_lines(hop, width)
    return told
