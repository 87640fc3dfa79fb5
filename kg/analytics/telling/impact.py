"""An impact in words."""

from kg.analytics.hops import Hop
from kg.analytics.impact import Hit, ImpactAnswer, Level
from kg.analytics.telling.hops import hop_lines
from kg.analytics.telling.quotes import named, quoted, wrapped
from kg.analytics.telling.scope import limits, undated
from kg.model import MentionKind
from kg.query import visible

_ORDERS = {1: "Hit directly", 2: "Second order", 3: "Third order"}
_FAILS = {
    MentionKind.ORGANISATION: "fails",
    MentionKind.TECHNOLOGY: "cannot be had",
    MentionKind.PLACE: "closes",
}
_SAID = {"planned": "planned", "possible": "only possible", "historical": "over"}
REMARK = (
    "Strength is the share of what one needs that is hit, times the confidence of each step, halved with each step "
    "after the first. Others are those that the documents name: that they name none is no evidence that there is none."
)


def lines(answer: ImpactAnswer, width: int) -> list[str]:
    """Who is hit, order by order, each with the step that hits it and its quote."""
    label = answer.what.label
    told = [visible(f"{_event(answer)} ({limits(answer.scope)})")]
    if answer.with_it:
        names = ", ".join(each.label for each in answer.with_it)
        told += wrapped(f"With {label}: {names}", width)
    if answer.present:
        names = ", ".join(_with_claim(hop, hop.dependent.label) for hop in answer.present)
        more = f" and {answer.present_left} more" if answer.present_left else ""
        told += wrapped(f"Have sites there, and no supplier from elsewhere is named: {names}{more}", width)
    if not any(level.total for level in answer.levels):
        hit = "be hit" if answer.rule else f"depend on {visible(label)}"
        told += ["", f"Nobody is seen to {hit} under these limits."]
    for level in answer.levels:
        told += _level(level, width)
    told += [*_sellers(answer, width), *_substitutes(answer, width), *_apart(answer, width)]
    return [*told, *undated(answer.undated), "", *wrapped(REMARK, width)]


def _event(answer: ImpactAnswer) -> str:
    if answer.rule:
        return f"If nothing may be supplied any more to sites in {answer.what.label}"
    return f"If {answer.what.label} {_FAILS[answer.what.kind]}"


def _level(level: Level, width: int) -> list[str]:
    if not level.total:
        return []
    shown = f", the first {len(level.hits)}" if len(level.hits) < level.total else ""
    told = ["", f"{_ORDERS.get(level.steps, f'Order {level.steps}')}: {level.total}{shown}"]
    for hit in level.hits:
        told += _hit(hit, width)
    return told


def _hit(hit: Hit, width: int) -> list[str]:
    first = hit.chain[0]
    names = " → ".join([hit.entity.label, *(hop.provider.label for hop in hit.chain)])
    told = wrapped(f"{names} (strength {hit.strength:.2f})", width, indent=2)
    told += hop_lines(first, width, indent=4)
    free = len(hit.others) + hit.others_left
    what = {MentionKind.PLACE: "site", MentionKind.TECHNOLOGY: "technology"}.get(
        first.provider.kind, "provider of this kind"
    )
    if hit.providers == 1:
        told += wrapped(f"The documents name no other {what}.", width, indent=4)
    elif not free:
        told += wrapped(f"All {hit.providers} that the documents name are hit.", width, indent=4)
    else:
        told += wrapped(
            f"{hit.providers - free} of {hit.providers} that the documents name; not hit: {_listed(hit)}",
            width,
            indent=4,
        )
    return told


def _listed(hit: Hit) -> str:
    names = [_with_claim(hop, hop.provider.label) for hop in hit.others]
    more = f" and {hit.others_left} more" if hit.others_left else ""
    # Whoever packages is no substitute for whoever fabricates, though both are providers.
    unlike = f"; none of them is known as {' or '.join(hit.unlike)}" if hit.unlike else ""
    return f"{', '.join(names)}{more}{unlike}"


def _with_claim(hop: Hop, name: str) -> str:
    """A name with the claim that speaks for it, which ``kg show`` tells in full."""
    return f"{name} ({hop.evidence[0].claim})" if hop.evidence else name


def _sellers(answer: ImpactAnswer, width: int) -> list[str]:
    if not answer.sellers:
        return []
    told = ["", "Suppliers that lose customers there"]
    for seller in answer.sellers:
        customers = f"{seller.total} of {seller.customers} customers in the documents"
        told += wrapped(f"{seller.supplier.label}: {customers}", width, indent=2)
        for hop in seller.lost[:1]:
            told += hop_lines(hop, width, indent=4)
        others = ", ".join(_with_claim(hop, hop.dependent.label) for hop in seller.lost[1:])
        left = seller.total - len(seller.lost)
        more = f" and {left} more" if left else ""
        told += wrapped(f"also {others}{more}", width, indent=4) if others else []
    return told


def _substitutes(answer: ImpactAnswer, width: int) -> list[str]:
    if not answer.substitutes:
        return []
    told = ["", f"Who else has what {visible(answer.what.label)} has"]
    for each in answer.substitutes:
        names = ", ".join(_with_claim(hop, hop.dependent.label) for hop in each.offers)
        more = f" and {each.left} more" if each.left else ""
        told += wrapped(f"{each.technology.label}: {names}{more}", width, indent=2)
        for hop in each.offers[:1]:
            told += quoted(hop.evidence[0], width) if hop.evidence else []
    return told


def _apart(answer: ImpactAnswer, width: int) -> list[str]:
    told = []
    if answer.apart:
        told += ["", "Not counted above: planned, only possible, over, or otherwise beyond the limits"]
    for each in answer.apart:
        told += [
            *wrapped(f"{_SAID.get(each.modality, each.modality)}: {named(each)}", width, indent=2),
            *quoted(each, width),
        ]
    if answer.apart_left:
        told.append(f"  and {answer.apart_left} more")
    if answer.denied:
        told += ["", "Denied"]
    for each in answer.denied:
        told += [*wrapped(named(each), width, indent=2), *quoted(each, width)]
    return told
