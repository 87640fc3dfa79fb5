"""Chokepoints in words."""

from kg.analytics.chokepoints import Chokepoint, ChokepointsAnswer
from kg.analytics.telling.hops import hop_lines
from kg.analytics.telling.quotes import wrapped
from kg.analytics.telling.scope import limits, undated
from kg.model import MentionKind
from kg.query import visible

REMARK = (
    "All this is what the documents show. Where they name one source only, that is no evidence that there is no other: "
    "look for it before you rely on it."
)
_MANY = {
    MentionKind.ORGANISATION: "organisations",
    MentionKind.TECHNOLOGY: "technologies",
    MentionKind.PLACE: "places",
}
_BY = {
    "dependence": "the share of all dependence that comes to them",
    "dependents": "how many depend on them directly",
    "only-source": "how many have no other in the documents",
    "between": "how many shortest chains run over them",
}


def lines(answer: ChokepointsAnswer, width: int) -> list[str]:
    """Each chokepoint with its numbers in words and its best quotes, then who has only one source."""
    many = _MANY[answer.kind]
    if not answer.ranks:
        return [
            visible(f"No {many} that anybody is seen to depend on ({limits(answer.scope)})"),
            *undated(answer.undated),
        ]
    head = f"The {many} that {_counted(answer.organisations, 'organisation')} depend on most, by {_BY[answer.by]}"
    told = wrapped(f"{head}: {len(answer.ranks)} of {answer.total} ({limits(answer.scope)})", width)
    for number, each in enumerate(answer.ranks, 1):
        told += ["", *_rank(number, each, answer.organisations, width)]
    told += _single(answer, width)
    if answer.sample:
        told += [
            "",
            *wrapped(f"Chains between others were counted from a sample of {answer.sample} organisations.", width),
        ]
    return [*told, *undated(answer.undated), "", *wrapped(REMARK, width)]


def _rank(number: int, each: Chokepoint, organisations: int, width: int) -> list[str]:
    told = wrapped(f"{number}. {each.entity.label}: {each.dependence:.0%} of all dependence comes to it", width)
    told += wrapped("; ".join(_numbers(each, organisations)) + ".", width, indent=3)
    for hop in each.ties:
        told += hop_lines(hop, width)
    return told


def _numbers(each: Chokepoint, organisations: int) -> list[str]:
    depend = "depends" if each.dependents == 1 else "depend"
    said = [f"{_counted(each.dependents, 'organisation')} {depend} on it directly"]
    if each.reach > each.dependents:
        said.append(f"{each.reach} of {organisations} over any number of steps")
    if each.only_source:
        have = "has" if each.only_source == 1 else "have"
        said.append(f"{each.only_source} of them {have} no other in the documents")
    if each.stranded > each.only_source:
        said.append(f"without it {each.stranded} would be left without any provider of some kind, one after the other")
    if each.cut_off:
        said.append(f"without it {each.cut_off} would no longer be joined to the rest")
    if each.between >= 0.0005:
        said.append(f"{each.between:.1%} of the shortest chains between others run over it")
    return said


def _single(answer: ChokepointsAnswer, width: int) -> list[str]:
    if not answer.single:
        return []
    shown = f", the surest {len(answer.single)}" if len(answer.single) < answer.single_total else ""
    told = ["", f"Only one in the documents: {answer.single_total}{shown}"]
    for hop in answer.single:
        claim = f" ({hop.evidence[0].claim}, confidence {hop.confidence:.2f})" if hop.evidence else ""
        told += wrapped(f"{hop.dependent.label} {hop.reads} {hop.provider.label} and no other{claim}", width, indent=2)
    return told


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
