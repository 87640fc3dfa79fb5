"""The graph from Python: opened or built, and asked for rows."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from rdflib import SKOS, Literal

import kg
from kg.api import RefusedWarning
from kg.errors import DocumentError, QueryError, StoreError, UnknownEntityError, UsageError
from kg.model import Modality, Polarity
from kg.pipeline import Progress
from kg.terms import ENTITY

# rdflib 7.6 warns of what it does itself.
pytestmark = pytest.mark.filterwarnings(r"ignore:Dataset\.(default_context|contexts|default_union):DeprecationWarning")

NOTE = "# Amkor\n\nApple has its chips packaged by Amkor. Amkor competes with JCET.\n"


def triples(claims: tuple[kg.api.Evidence, ...]) -> list[tuple[str, str, str]]:
    return [(claim.subject.key, claim.relation, claim.object.key) for claim in claims]


def test_it_opens_a_folder_an_address_and_the_usual_place(small_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with kg.open(str(small_path)) as graph:
        assert repr(graph) == f"Graph({str(small_path)!r})"
        assert graph.version
        assert graph.report is None
    monkeypatch.setenv("KG_STORE", str(small_path))
    with kg.open() as graph:
        assert len(graph.documents()) == 3
    with pytest.raises(StoreError, match="nowhere"):
        kg.open(small_path / "nowhere")
    with pytest.raises(UsageError, match="address"):
        kg.open("http://")


def test_it_builds_from_documents_and_warns_of_what_it_refused(tmp_path: Path) -> None:
    texts = {"note.md": NOTE, "broken.json": "{", "long.txt": "Amkor. " * 300}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    paths = [str(tmp_path / name) for name in (*texts, "missing.txt")]
    seen: list[str] = []
    with pytest.warns(RefusedWarning) as told:
        graph = kg.build(
            paths, store=tmp_path / "store", exports=tmp_path / "out", max_document_mb=0.001, progress=_noting(seen)
        )
    assert {Path(str(each.filename)).name for each in told} == {Path(__file__).name}, "they point to the caller"
    with graph:
        assert ("apple", "outsourcesTo", "amkor") in triples(graph.claims())
        report = graph.report
        assert report is not None
        assert [str(each.message) for each in told] == [refusal.reason for refusal in report.refusals]
        assert [refusal.name for refusal in report.refusals] == ["missing.txt", "broken.json", "long.txt"]
        assert report.missing == ("missing.txt",)
        assert report.claims == len(graph.claims()) > 1
    assert "exporting" in seen
    assert len(list((tmp_path / "out").iterdir())) == 4


def _noting(seen: list[str]) -> Progress:
    return lambda what, *_: seen.append(what)


def test_a_build_of_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="missing"):
        kg.build(tmp_path / "missing.txt", store=tmp_path / "store")


def test_it_answers_named_queries_and_sparql(small: kg.Graph) -> None:
    named = small.query("customers", entity="Amkor")
    assert {row["customer"] for row in named} >= {str(ENTITY.tsmc)}
    assert small.query("SELECT ?n { entity:amkor skos:prefLabel ?n }") == [{"n": "Amkor Technology"}]
    assert small.ask("ASK { entity:tsmc sp:outsourcesTo entity:amkor }") is True
    assert small.ask("ASK { entity:amkor sp:outsourcesTo entity:tsmc }") is False
    with pytest.raises(TypeError, match="use ask"):
        small.query("ASK {}")
    with pytest.raises(TypeError, match="use query"):
        small.ask("SELECT * {}")


def test_claims_are_frozen_rows_with_their_evidence(small: kg.Graph) -> None:
    (claim,) = small.claims(subject="TSMC", relation="outsourcesTo", object="Amkor")
    assert (claim.subject.label, claim.reads, claim.object.label) == ("TSMC", "outsources to", "Amkor Technology")
    assert claim.quote == "TSMC affirmed asserted outsourcesTo Amkor."
    assert (claim.document, claim.date, claim.url) == ("profile.md", "2026-02-10", "https://example.org/0")
    assert claim.qualifiers == {"product": ("Rubin",), "technology": ("CoWoS",)}
    with pytest.raises(FrozenInstanceError):
        claim.quote = ""  # type: ignore[misc]


@pytest.mark.parametrize(
    ("asked", "objects"),
    [
        ({"subject": "amd"}, {("amd", "outsourcesTo", "amkor")}),
        ({"subject": "AMD", "modalities": ("asserted", "reported")}, set()),
        (
            {"subject": "NVDA", "relation": "outsources to"},
            {("nvidia", "outsourcesTo", name) for name in ("amkor", "tsmc")},
        ),
        (
            {"relation": "suppliesToolTo", "min_confidence": 0.5},
            {("besi", "suppliesToolTo", n) for n in ("tsmc", "amkor")},
        ),
        (
            {"object": "TSMC", "relations": "suppliesToolTo", "modalities": "all"},
            {(n, "suppliesToolTo", "tsmc") for n in ("besi", "asmpt")},
        ),
        (
            {"object": "Amkor", "without": ["outsourcesTo", "suppliesToolTo", "competesWith"]},
            {("tsmc", "partnersWith", "amkor")},
        ),
        ({"subject": "Samsung", "polarity": "negated"}, {("samsung", "outsourcesTo", "amkor")}),
        (
            {"subject": "Samsung", "documents": "report.txt", "relation": "outsourcesTo"},
            {("samsung", "outsourcesTo", "amkor")},
        ),
        ({"subject": "NVIDIA", "until": "2026-02", "object": "TSMC"}, {("nvidia", "outsourcesTo", "tsmc")}),
        ({"subject": "NVIDIA", "since": "2027"}, set()),
        ({"subject": "Amkor", "object": "Incheon"}, {("amkor", "hasSiteIn", "incheon")}),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else None,  # sets have no order
)
def test_claims_are_limited(small: kg.Graph, asked: dict[str, str], objects: set[tuple[str, str, str]]) -> None:
    assert set(triples(small.claims(**asked))) == objects


def test_all_claims_are_given_however_they_are_said(small: kg.Graph) -> None:
    claims = small.claims()
    assert len(claims) == 23
    assert {claim.modality for claim in claims} == set(Modality)
    assert {claim.polarity for claim in claims} == set(Polarity)
    assert triples(claims) == sorted(triples(claims), key=lambda row: [small.entity(row[0]).label, row[1]])


@pytest.mark.parametrize("end", ["subject", "object"])
def test_either_end_of_a_symmetric_relation_is_its_subject(small: kg.Graph, end: str) -> None:
    claims = small.claims(**{end: "ASE"}, relation="competesWith")
    assert {getattr(claim, end).key for claim in claims} == {"ase"}
    assert {(claim.object if end == "subject" else claim.subject).key for claim in claims} == {"amkor", "jcet"}


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"subject": "Amkro"}, UnknownEntityError, "Amkor"),
        ({"relation": "outsourceTo"}, QueryError, "outsourcesTo"),
        ({"modalities": "asserd"}, QueryError, "asserted"),
        ({"since": "June"}, QueryError, "no date"),
        ({"min_confidence": 2}, QueryError, "0 to 1"),
        ({"documents": "report.tx"}, QueryError, "report.txt"),
    ],
)
def test_what_means_nothing_is_told_with_the_cure(
    small: kg.Graph, asked: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        small.claims(**asked)


def test_entities_have_names_and_roles(small: kg.Graph) -> None:
    samsung = small.entity("Samsung")
    assert (samsung.key, samsung.aliases, samsung.roles) == ("samsung", ("Samsung",), ("IDM", "MemoryMaker"))
    assert small.claims(subject=samsung) == small.claims(subject="Samsung")
    assert [each.key for each in small.entities(role="OSAT")] == ["amkor", "ase", "jcet", "spil"]
    assert samsung in small.entities(kind="organisation")
    assert [each.key for each in small.entities(kind="place")] == ["incheon"]
    (unknown,) = (each for each in small.entities() if not each.known)
    assert unknown.label == "Packwell Labs"
    assert small.entity("Packwell Labs") == unknown


def test_figures_know_what_replaced_them(small: kg.Graph) -> None:
    figures = small.figures(entity="Amkor", metric="capex")
    assert [figure.value for figure in figures] == [7e9, 7e9, 8.5e9]
    newest = figures[-1]
    assert {figure.replaced_by for figure in figures[:2]} == {(newest.claim,)}
    assert (newest.reads, newest.unit, newest.period, newest.document) == (
        "capital expenditure",
        "USD",
        "2026",
        "news.json",
    )
    assert small.figures(entity="Amkor", documents="news.json", min_confidence=0.9) == ()
    assert len(small.figures()) == 6


def test_documents_are_listed(small: kg.Graph) -> None:
    assert [(each.name, each.date, each.claims) for each in small.documents()] == [
        ("news.json", "2026-04-20", 6),
        ("profile.md", "2026-02-10", 12),
        ("report.txt", "2026-05", 5),
    ]


def test_networkx_has_a_claim_for_each_edge(small: kg.Graph) -> None:
    network = small.to_networkx()
    assert network.number_of_edges() == 23
    claim = next(claim for claim in small.claims(subject="TSMC", object="Amkor") if claim.relation == "outsourcesTo")
    edge = network.edges[str(ENTITY.tsmc), str(ENTITY.amkor), claim.claim]
    assert (edge["relation"], edge["quote"], edge["product"]) == ("outsourcesTo", claim.quote, "Rubin")
    firm = small.to_networkx(relations="outsourcesTo", modalities="asserted", documents="profile.md")
    assert {(a.rpartition("/")[2], b.rpartition("/")[2]) for a, b in firm.edges()} == {
        ("nvidia", "tsmc"),
        ("tsmc", "amkor"),
    }


def test_rdflib_sees_the_same(small: kg.Graph) -> None:
    dataset = small.to_rdflib()
    assert (ENTITY.amkor, SKOS.prefLabel, Literal("Amkor Technology")) in dataset
    assert len(dataset) > 1000


def test_a_path_says_how_one_depends_on_another(small: kg.Graph) -> None:
    answer = small.path("NVIDIA", small.entity("Amkor"))
    assert (answer.from_.key, answer.to.key) == ("nvidia", "amkor")
    assert answer.paths
    assert small.path("NVIDIA", "Amkor", without="outsourcesTo").paths == ()


def test_an_impact_says_who_is_hit(small: kg.Graph) -> None:
    assert small.impact("BESI").what.key == "besi"
    with pytest.raises(UsageError, match="no place"):
        small.impact(small.entity("BESI"), export_rule=True)


def test_chokepoints_are_ranked(small: kg.Graph) -> None:
    ranked = small.chokepoints(most=3).ranks
    assert len(ranked) == 3
    assert [each.dependence for each in ranked] == sorted((each.dependence for each in ranked), reverse=True)
    assert {each.entity.kind for each in small.chokepoints(kind="technology").ranks} == {"technology"}


def test_conflicts_count_however_claims_are_said(small: kg.Graph) -> None:
    (conflict,) = small.conflicts("Samsung", kinds="polarity").conflicts
    assert {said.document for side in conflict.sides for said in side.said} == {"news.json", "report.txt"}
    assert small.conflicts("Samsung", kinds="polarity", modalities="asserted").conflicts == ()


def test_further_answers_are_those_of_the_command_line(small: kg.Graph) -> None:
    amkor = small.entity("Amkor")
    assert small.timeline(amkor).entity.key == "amkor"
    assert small.timeline(amkor).total > small.timeline(amkor, modalities="planned").total > 0
    comparison = small.compare("ASE", amkor)
    assert (comparison.first.key, comparison.second.key) == ("ase", "amkor")
    assert [each.key for each in small.unknowns("Amkor").entities] == ["amkor"]
    told = small.brief("Amkor", documents="news.json")
    assert (told.documents, told.limits) == (1, ("documents news.json",))
    with kg.open(small.store.path) as same:
        assert not same.diff(small).entities
