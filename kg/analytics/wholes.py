"""What stands or falls with an entity: places in a place, kinds of a technology, parts of an organisation."""

from kg.analytics.network import Network
from kg.analytics.network.columns import Integers


def within(network: Network, entity: int) -> list[tuple[int, int, int]]:
    """The places in a place or kinds of a technology as edges: inner, outer, and -1 since no document says so."""
    return [(int(inner), entity, -1) for inner in network.narrower(entity)]


def parts(network: Network, statements: Integers, whole: int) -> list[tuple[int, int, int]]:
    """The parts of an organisation, and theirs, as edges: part, whole, and the one of the statements that says so."""
    found: list[tuple[int, int, int]] = []
    relation = network.relation_of[statements]
    for number, row in enumerate(network.relations.values()):
        if not row.whole:
            continue
        wholes, inner = network.objects, network.subjects
        if row.whole == "subject":
            wholes, inner = inner, wholes
        own = statements[relation == number]
        waiting, met = [whole], {whole}
        while waiting:
            around = waiting.pop()
            for statement in own[wholes[own] == around]:
                part = int(inner[statement])
                if part not in met:
                    met.add(part)
                    waiting.append(part)
                    found.append((part, around, int(statement)))
    return found
