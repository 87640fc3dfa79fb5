"""Every named query, on the small world, against the rows it must give."""

import pytest
from rdflib import DCTERMS, Literal, URIRef
from small_graph import fill

from kg.query import ask, assign, catalogue, left_out_undated, named_query
from kg.store import EmbeddedStore, Solutions, rdf_quads, select
from kg.terms import DOCUMENT, PREFIXES, SP

# name, arguments, columns to look at, rows expected in that order (IRIs by their last part)
CASES = [
    ("packages-for", ["NVIDIA"], "provider modality document", [
        "amkor reported profile.md", "tsmc asserted profile.md", "tsmc asserted report.txt"]),
    ("packages-for", ["nvidia", "since=2026-03"], "provider document", ["tsmc report.txt"]),
    ("packages-for", ["TSMC"], "provider product", ["amkor Rubin"]),
    ("packages-for", ["AMD"], "provider", []),
    ("packages-for", ["Apple"], "provider", []),
    ("packaging-customers", ["Amkor"], "customer modality", [
        "nvidia reported", "samsung reported", "tsmc asserted"]),
    ("packaging-customers", ["Amkor", "confidence=0.6"], "customer", ["nvidia", "tsmc"]),
    ("tool-suppliers", ["TSMC"], "maker confidence", ["asmpt 0.4", "besi 0.9"]),
    ("tool-customers", ["BESI"], "user", ["amkor", "tsmc"]),
    ("suppliers", ["NVIDIA"], "supplier document", ["ibiden report.txt"]),
    ("customers", ["Ibiden"], "customer relation", ["nvidia suppliesTo"]),
    ("customers", ["BESI"], "customer relation", ["amkor suppliesToolTo", "tsmc suppliesToolTo"]),
    ("customers", ["ASE"], "customer relation", ["packwell-labs outsourcesTo"]),
    ("rivals", ["ASE"], "rival", ["amkor", "jcet"]),
    ("rivals", ["Samsung"], "rival", ["tsmc"]),
    ("shared-rivals", ["ASE", "JCET"], "rival", ["amkor"]),
    ("shared-providers", ["NVIDIA", "TSMC"], "provider", ["amkor"]),
    ("partners", ["TSMC"], "partner quote", ["amkor Amkor affirmed asserted partnersWith TSMC."]),
    ("subsidiaries", ["ASE"], "subsidiary", ["spil"]),
    ("owners", ["SPIL"], "owner", ["ase"]),
    ("technologies-of", ["TSMC"], "technology", ["cowos-l"]),
    ("who-offers", ["CoWoS"], "organisation technology", ["tsmc cowos-l"]),
    ("who-offers", ["interposer packaging"], "organisation", ["tsmc"]),
    ("who-offers", ["burn-in"], "organisation", ["amkor"]),
    ("sites", ["Amkor"], "place", ["incheon"]),
    ("site-operators", ["South Korea"], "organisation place", ["amkor incheon"]),
    ("site-operators", ["Incheon"], "organisation", ["amkor"]),
    ("evidence", ["Amkor", "Samsung"], "polarity modality document", [
        "negated asserted news.json", "affirmed reported report.txt"]),
    ("evidence", ["Amkor", "NVIDIA"], "subject relation object quote", [
        "nvidia outsourcesTo amkor NVIDIA affirmed reported outsourcesTo Amkor."]),
    ("disagreements", [], "subject polarity document", ["samsung affirmed report.txt", "samsung negated news.json"]),
    ("disagreements", ["Samsung", "Amkor"], "polarity", ["affirmed", "negated"]),
    ("disagreements", ["NVIDIA"], "polarity", []),
    ("planned", [], "subject relation object", ["amd outsourcesTo amkor"]),
    ("planned", ["AMD"], "object", ["amkor"]),
    ("planned", ["NVIDIA"], "object", []),
    ("negated", [], "subject object polarity", ["samsung amkor negated"]),
    ("rumoured", [], "subject modality", ["intel possible", "nvidia reported", "samsung reported"]),
    ("past", [], "subject object", ["apple amkor"]),
    ("single-source", [], "customer provider documents", ["packwell-labs ase 1", "samsung amkor 1", "tsmc amkor 1"]),
    ("chokepoints", [], "provider customers without_alternative", ["amkor 3 2", "ase 1 1", "tsmc 1 0"]),
    ("chokepoints", ["2"], "provider", ["amkor"]),
    ("tool-chokepoints", [], "maker users", ["besi 2", "asmpt 1"]),
    ("figures", ["Amkor"], "metric period value superseded document", [
        "capex 2026 7000000000 true profile.md",
        "capex 2026 7000000000 true news.json",
        "capex 2026 8500000000 false news.json"]),
    ("figures", ["TSMC", "revenue"], "period value unit", [" 90500000000 USD"]),
    ("figures", ["TSMC", "capital expenditure"], "value", ["52000000000", "40000000000"]),
    ("figure-conflicts", [], "organisation value document", [
        "tsmc 40000000000 report.txt", "tsmc 52000000000 profile.md"]),
    ("figure-conflicts", ["Amkor"], "value", []),
    ("superseded", [], "organisation earlier later earlier_document later_document", [
        "amkor 7000000000 8500000000 news.json news.json", "amkor 7000000000 8500000000 profile.md news.json"]),
    ("weak-facts", [], "subject object best document", ["asmpt tsmc 0.4 profile.md", "samsung amkor 0.5 report.txt"]),
    ("weak-facts", ["0.45"], "subject threshold", ["asmpt 0.45"]),
    ("via", [], "subject object via", ["nvidia amkor tsmc"]),
    ("via", ["TSMC"], "subject", ["nvidia"]),
    ("via", ["AMD"], "subject", []),
    ("documents", [], "document date claims figures", [
        "news.json 2026-04-20 6 2", "profile.md 2026-02-10 12 2", "report.txt 2026-05 5 2"]),
    ("document-claims", ["NEWS"], "subject relation object modality", [
        "samsung outsourcesTo amkor asserted", "amd outsourcesTo amkor planned", "intel outsourcesTo amkor possible",
        "apple outsourcesTo amkor historical", "spil subsidiaryOf ase asserted", "amkor partnersWith tsmc asserted"]),
    ("neighbours", ["TSMC"], "direction relation neighbour documents", [
        "both ways competesWith samsung 1", "both ways partnersWith amkor 1", "from here offersTechnology cowos-l 1",
        "from here outsourcesTo amkor 1", "to here outsourcesTo nvidia 2", "to here suppliesToolTo asmpt 1",
        "to here suppliesToolTo besi 1"]),
    ("two-hop-exposure", ["NVIDIA"], "customer relation provider its_relation its_supplier", [
        "nvidia outsourcesTo amkor usesToolsFrom besi",
        "nvidia outsourcesTo tsmc outsourcesTo amkor", "nvidia outsourcesTo tsmc usesToolsFrom asmpt",
        "nvidia outsourcesTo tsmc usesToolsFrom besi"]),
    ("two-hop-exposure", ["NVIDIA"], "quote its_quote", [
        "NVIDIA affirmed reported outsourcesTo Amkor. BESI affirmed asserted suppliesToolTo Amkor.",
        "NVIDIA affirmed asserted outsourcesTo TSMC. TSMC affirmed asserted outsourcesTo Amkor.",
        "NVIDIA affirmed asserted outsourcesTo TSMC. ASMPT affirmed asserted suppliesToolTo TSMC.",
        "NVIDIA affirmed asserted outsourcesTo TSMC. BESI affirmed asserted suppliesToolTo TSMC."]),
    ("entities", [], "key kind claims", [
        "amkor organisation 16", "tsmc organisation 11", "ase organisation 4", "nvidia organisation 4",
        "samsung organisation 3", "besi organisation 2", "jcet organisation 2", "amd organisation 1",
        "asmpt organisation 1", "apple organisation 1", "cowos-l technology 1", "ibiden organisation 1",
        "incheon place 1", "intel organisation 1", "packwell-labs organisation 1", "spil organisation 1",
        "burn-in technology 1"]),
    ("unknown-organisations", [], "organisation claims documents", ["packwell-labs 1 1"]),
    ("overview", [], "relation polarity modality claims", [
        "competesWith affirmed asserted 4", "hasSiteIn affirmed asserted 1", "offersTechnology affirmed asserted 2",
        "outsourcesTo affirmed asserted 4", "outsourcesTo affirmed historical 1", "outsourcesTo affirmed planned 1",
        "outsourcesTo affirmed possible 1", "outsourcesTo affirmed reported 2", "outsourcesTo negated asserted 1",
        "partnersWith affirmed asserted 1", "subsidiaryOf affirmed asserted 1", "suppliesTo affirmed asserted 1",
        "suppliesToolTo affirmed asserted 3"]),
    ("standings", [], "organisation rank field scope than document", [
        "ase larger   amkor report.txt", "ase first OSAT by revenue, world  report.txt"]),
    ("standings", ["ASE", "osat"], "rank scope", ["first by revenue, world"]),
    ("standings", ["Amkor"], "rank", []),
    ("not-found", [], "organisation topic sought_for", ["besi backlog amkor", "besi backlog ase"]),
    ("not-found", ["ASE"], "organisation topic sought_for", ["besi backlog ase"]),
    ("not-found", ["topic=price"], "topic", []),
    ("product", ["rub"], "named subject object", ["Rubin tsmc amkor"]),
    ("between-roles", ["FablessDesigner", "Foundry"], "subject relation object", ["nvidia outsourcesTo tsmc"]),
]  # fmt: skip


def rows_of(store: EmbeddedStore, name: str, arguments: list[str], columns: str) -> list[str]:
    answer = ask(store, name, assign(named_query(name), arguments))
    assert isinstance(answer, Solutions)
    return [" ".join(short(record[column]) for column in columns.split()) for record in answer.records()]


def short(text: str) -> str:
    for namespace in PREFIXES.values():
        text = text.removeprefix(namespace)
    return text


@pytest.mark.parametrize(("name", "arguments", "columns", "expected"), CASES, ids=lambda value: str(value)[:40])
def test_the_rows_are_right(
    small_store: EmbeddedStore, name: str, arguments: list[str], columns: str, expected: list[str]
) -> None:
    assert rows_of(small_store, name, arguments, columns) == expected


def test_every_query_has_a_case() -> None:
    assert {name for name, *_ in CASES} == set(catalogue())
    assert len(catalogue()) >= 24


@pytest.mark.parametrize("name", catalogue())
def test_answers_come_in_a_fixed_order(name: str) -> None:
    assert "ORDER BY" in named_query(name).sparql


def test_a_claim_with_several_quotes_is_one_row_of_evidence() -> None:
    store = fill(EmbeddedStore())
    before = next(iter(ask(store, "evidence", {"entity": "Amkor", "other": "NVIDIA"}).records()))
    claim, graph = URIRef(before["claim"]), DOCUMENT["any"]
    for number, words in ((3, "A third."), (2, "A second.")):
        quote = URIRef(f"{claim}#quote-{number}")
        store.add([(claim, SP.evidence, quote, graph), (quote, SP.exact, Literal(words), graph)])
    (after,) = ask(store, "evidence", {"entity": "Amkor", "other": "NVIDIA"}).records()
    assert after == before | {"also": "A second. | A third."}


def test_rows_that_lack_a_date_are_counted_only_where_since_is_given(small_store: EmbeddedStore) -> None:
    assert left_out_undated(small_store, "packages-for", {"entity": "NVIDIA", "since": "2026-03"}) == 0
    store = fill(EmbeddedStore())
    source = next(iter(select(store, "SELECT ?d { ?d sp:fileName 'profile.md' }")))["d"]
    kept = [quad for quad in rdf_quads(store) if quad[:2] != (URIRef(source), DCTERMS.date)]
    undated = EmbeddedStore()
    undated.add(kept)
    assert left_out_undated(undated, "packages-for", {"entity": "NVIDIA", "since": "2026-03"}) == 2
    assert left_out_undated(undated, "packages-for", {"entity": "NVIDIA", "since": ""}) == 0
    assert left_out_undated(undated, "packages-for", {"entity": "NVIDIA"}) == 0


@pytest.mark.parametrize("name", [name for name, query in catalogue().items() if "$since" in query.sparql])
def test_what_since_leaves_out_is_said_and_can_be_counted(name: str) -> None:
    query = named_query(name)
    assert "undated documents" in query.about
    assert "?date" in query.sparql.split("WHERE")[0]
