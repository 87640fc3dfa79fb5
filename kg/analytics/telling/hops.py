"""A hop in words, the same in every answer that has chains."""

from kg.analytics.hops import Hop
from kg.analytics.telling.quotes import quoted, wrapped


def hop_lines(hop: Hop, width: int, *, indent: int = 3) -> list[str]:
    """What a hop says and its best quote; what denies it stands below."""
    head = f"{hop.dependent.label} {hop.reads} {hop.provider.label}"
    also = f"; also {', '.join(hop.also)}" if hop.also else ""
    if not hop.evidence:
        return wrapped(f"{head} (by the ontology){also}" if not hop.relation else f"{head}{also}", width, indent=indent)
    best = hop.evidence[0]
    via = f", via {', '.join(best.qualifiers['via'])}" if "via" in best.qualifiers else ""
    more = f" ({hop.claims} claims)" if hop.claims > 1 else ""
    told = wrapped(f"{head}{via}{more}{also}", width, indent=indent)
    told += quoted(best, width, indent=indent + 3)
    for denial in hop.denied:
        told += wrapped("which another passage denies:", width, indent=indent)
        told += quoted(denial, width, indent=indent + 3)
    return told
