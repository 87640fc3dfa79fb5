"""Documents come and go in any order: what is left is what one build of the survivors gives, quad for quad."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph import Rules, document_iri, document_quads, ontology_quads
from kg.model import (
    Claim,
    Document,
    Mention,
    MentionKind,
    Metadata,
    Modality,
    Observation,
    Polarity,
    Quote,
    Remark,
    RemarkKind,
)
from kg.ontology import Ontology
from kg.pipeline import Work
from kg.pipeline.building import spanning_quads
from kg.pipeline.reading import without_empty_claims
from kg.resolve import Judgement, Judgements, Linker
from kg.settings import Settings
from kg.store import EmbeddedStore
from kg.store.plan import Rulebook, planned
from kg.terms import SP

ORG, TECH, PLACE = MentionKind.ORGANISATION, MentionKind.TECHNOLOGY, MentionKind.PLACE
YES, NO = Polarity.AFFIRMED, Polarity.NEGATED
AS_SAID, PAST, PLAN = Modality.ASSERTED, Modality.HISTORICAL, Modality.PLANNED
NAMES = 8


@cache
def ontology() -> Ontology:
    return Ontology.load(Settings.from_environment({}).ontology)


def org(name: str, surface: str = "", key: str = "") -> Mention:
    return Mention(ORG, surface or name, name, key)


def known(key: str, surface: str = "") -> Mention:
    label = ontology().organisations[key].label
    return org(label, surface or label, key)


def thing(kind: MentionKind, key: str) -> Mention:
    label = ontology().entries[kind][key].label
    return Mention(kind, label, label, key)


@cache
def sayings() -> tuple[tuple[object, ...], ...]:
    """What documents may say: claims, figures with their metric in the relation's place, and ranks in a field."""
    amkor, ase, spil, tsmc = known("amkor", "the company"), known("ase"), known("spil", "Siliconware"), known("tsmc")
    quux, quux_loud, labs = org("Quux Holdings"), org("QUUX Holdings"), org("Packwell Labs")
    return (
        (tsmc, "outsourcesTo", amkor, YES, AS_SAID),
        (tsmc, "outsourcesTo", amkor, NO, AS_SAID),
        (tsmc, "outsourcesTo", amkor, YES, PAST),
        (amkor, "competesWith", ase, YES, AS_SAID),
        (ase, "competesWith", amkor, YES, Modality.REPORTED),
        (ase, "competesWith", amkor, NO, AS_SAID),
        (quux, "competesWith", labs, YES, AS_SAID),
        (labs, "partnersWith", quux_loud, YES, AS_SAID),
        (quux_loud, "outsourcesTo", ase, YES, AS_SAID),
        (spil, "subsidiaryOf", ase, YES, AS_SAID),
        (labs, "subsidiaryOf", spil, YES, AS_SAID),
        (quux, "subsidiaryOf", labs, YES, AS_SAID),
        (ase, "subsidiaryOf", quux, YES, AS_SAID),
        (quux, "subsidiaryOf", ase, YES, AS_SAID),
        (tsmc, "offersTechnology", thing(TECH, "cowos-l"), YES, AS_SAID),
        (amkor, "offersTechnology", thing(TECH, "cowos"), YES, PLAN),
        (amkor, "hasSiteIn", thing(PLACE, "incheon"), YES, AS_SAID),
        (ase, "hasSiteIn", thing(PLACE, "south-korea"), YES, AS_SAID),
        (org("Foo-Bar"), "suppliesTo", org("Foo Bar"), YES, AS_SAID),
        (org("Foo Bar"), "suppliesTo", labs, YES, AS_SAID),
        (amkor, "capex", 7e9, "2026", False),
        (amkor, "capex", 8.5e9, "2026", False),
        (amkor, "capex", 7e9, "2026", True),
        (ase, "capex", 1e9, "2025", False),
        (quux, "revenue", 2e6, "", False),
        (quux_loud, "revenue", 3e6, "2025", False),
        (known("amd"), "outsourcesTo", amkor, YES, PLAN, ORDER),
        (known("amd"), "outsourcesTo", ase, YES, AS_SAID, ORDER),
        (known("amd"), "outsourcesTo", spil, YES, AS_SAID, ORDER),
        (amkor, "outsourcesTo", ase, YES, AS_SAID),
        (quux, "subsidiaryOf", amkor, YES, AS_SAID),
        (labs, "subsidiaryOf", amkor, YES, AS_SAID),
        (amkor, "first", "OSAT"),
        (ase, "first", "OSAT"),
        (quux, "first", "OSAT"),
        (quux_loud, "only", "foundry"),
    )


ORDER = {"quantity": ("80,000 wafers",), "period": ("2026",), "technology": ("CoWoS-L",)}
DATES = ("", "2024-03", "2026-02-10", "2026-03-20")


def work(number: int, says: tuple[int, ...], version: int) -> Work:
    """A document that says some of the sayings, in one of its states."""
    said_of_itself = Metadata(title=f"Number {number}", date=DATES[number % len(DATES)])
    document = Document(f"{number}.txt", f"{version:064x}", {"": ""}, (), said_of_itself)
    claims, figures, remarks = [], [], []
    for place, which in enumerate(says):
        said = sayings()[which]
        quote = Quote(f"Words {which}.", place * 20, place * 20 + 9)
        shared = {"document": document.id, "doc": document.name, "subject": said[0], "confidence": 0.9}
        shared |= {"reasons": ("told",), "quotes": (quote,), "extractor": "test"}
        if isinstance(said[2], Mention):
            via = {"via": ("TSMC", "Somebody")} if which % 5 == 0 else {}
            via |= said[5] if len(said) > 5 else {}  # type: ignore[arg-type,operator]
            ends = {"relation": said[1], "object": said[2], "polarity": said[3], "modality": said[4]}
            claims.append(Claim(**shared, **ends, qualifiers=via))  # type: ignore[arg-type]
        elif len(said) == 3:
            rank = {"kind": RemarkKind.STANDING, "topic": said[2], "rank": said[1], "scope": ("world",), "others": ()}
            remarks.append(Remark(**shared, **rank, polarity=YES, modality=AS_SAID))  # type: ignore[arg-type]
        else:
            given = {"metric": said[1], "value": said[2], "period": said[3], "earlier": said[4], "unit": "USD"}
            figures.append(Observation(**shared, **given, polarity=YES, modality=AS_SAID))  # type: ignore[arg-type]
    return Work(document, Path(document.name), tuple(claims), tuple(figures), tuple(remarks), ())


JUDGED = Judgements(
    (
        Judgement("same", names=("Packwell Labs", "SPIL")),
        Judgement("different", names=("ASE Technology", "Siliconware")),
        Judgement("same", names=("Foo Bar", "Quux Holdings")),
    )
)


@cache
def book(*, judged: bool) -> Rulebook:
    linker = Linker(ontology(), judgements=JUDGED if judged else None)
    return Rulebook(ontology(), linker, Rules(ontology()))


def quads_of(each: Work, rules: Rulebook) -> list[object]:
    said = (each.document, each.claims, each.observations)
    return document_quads(*said, rules.linker, rules.ontology, remarks=each.remarks)  # type: ignore[return-value]


def lines(store: EmbeddedStore) -> list[str]:
    return sorted(str(quad) for quad in store.quads())


def built(works: list[Work], rules: Rulebook) -> list[str]:
    store = EmbeddedStore()
    for each in works:
        store.add(quads_of(each, rules))  # type: ignore[arg-type]
    store.add(spanning_quads(works, rules.linker, rules.ontology))
    return lines(store)


def empty(rules: Rulebook) -> EmbeddedStore:
    store = EmbeddedStore()
    store.add(spanning_quads([], rules.linker, rules.ontology))
    return store


SAYS = st.lists(st.integers(0, 35), max_size=9).map(tuple)
STEPS = st.lists(st.tuples(st.integers(0, NAMES - 1), st.none() | SAYS), min_size=1, max_size=14)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, judged=st.booleans())
def test_any_order_of_changes_gives_what_one_build_gives(
    steps: list[tuple[int, tuple[int, ...] | None]], judged: bool
) -> None:
    rules = book(judged=judged)
    store = empty(rules)
    there: dict[int, Work] = {}
    for version, (number, says) in enumerate(steps):
        gone = [str(document_iri(there.pop(number).document.id))] if number in there else []
        come: list[object] = []
        if says is not None:
            there[number] = without_empty_claims(work(number, says, version), rules.linker)
            come = quads_of(there[number], rules)
        store.apply(planned(store, gone, come, rules))  # type: ignore[arg-type]
    assert lines(store) == built(list(there.values()), rules)


@pytest.fixture
def rules() -> Iterator[Rulebook]:
    yield book(judged=False)


def test_several_documents_may_come_and_go_in_one_change(rules: Rulebook) -> None:
    said = [
        work(number, (number, number + 6, number + 12, number + 18, number + 24, number + 28), number)
        for number in range(NAMES)
    ]
    works = [without_empty_claims(each, rules.linker) for each in said]
    store = empty(rules)
    come = [quad for each in works for quad in quads_of(each, rules)]
    store.apply(planned(store, [], come, rules))  # type: ignore[arg-type]
    assert lines(store) == built(works, rules)
    gone = [str(document_iri(each.document.id)) for each in works[:5]]
    store.apply(planned(store, gone, [], rules))
    assert lines(store) == built(works[5:], rules)


def test_the_ontology_stays_as_it_is(rules: Rulebook) -> None:
    store = empty(rules)
    store.add(ontology_quads(rules.ontology))
    before = lines(store)
    each = without_empty_claims(work(0, tuple(range(36)), 0), rules.linker)
    store.apply(planned(store, [], quads_of(each, rules), rules))  # type: ignore[arg-type]
    assert lines(store) != before
    store.apply(planned(store, [str(document_iri(each.document.id))], [], rules))
    assert lines(store) == before


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("polarity", (0, 1)),
        ("value", (20, 21)),
        ("parent", (10, 31)),
        ("allocation", (26, 27)),
        ("superlative", (32, 34)),
    ],
)
def test_every_kind_of_conflict_is_among_the_sayings(rules: Rulebook, kind: str, says: tuple[int, int]) -> None:
    works = [without_empty_claims(work(0, (which,), which), rules.linker) for which in says]
    found = spanning_quads(works, rules.linker, rules.ontology)
    assert {str(end) for _, prop, end, _ in found if prop == SP.kind} == {kind}
