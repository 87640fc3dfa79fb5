"""The columns of a store: what they hold, and how they are kept on the disk."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from small_graph import fill

from kg.analytics import Scope, evidence_for
from kg.analytics.network import Network, entity_named, find, open_network, select, ties
from kg.errors import UnknownEntityError
from kg.model import MentionKind, Modality, Polarity
from kg.query import find_entity, read_edges
from kg.store import EmbeddedStore, StoreBuilder, open_for_writing, open_store
from kg.store.layout import NETWORK, foreign
from kg.terms import ENTITY


@pytest.fixture(scope="module")
def network(small_store: EmbeddedStore) -> Network:
    return open_network(small_store)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    with StoreBuilder(path) as builder:
        fill(builder.store)
    return path


def test_the_columns_hold_every_claim_as_the_graph_has_it(small_store: EmbeddedStore, network: Network) -> None:
    told = {
        (
            network.claim_iri(number),
            network.statement_iri(int(statement)),
            network.iris[int(network.subjects[statement])],
            network.relation_names[network.relation_of[statement]],
            network.iris[int(network.objects[statement])],
            ("affirmed", "negated")[network.polarities[number]],
            str(list(Modality)[network.modalities[number]]),
            round(float(network.confidences[number]), 3),
            network.document_names[int(network.documents[number])],
            network.document_dates[int(network.documents[number])],
        )
        for number, statement in enumerate(network.claim_statements)
    }
    edges = read_edges(small_store)
    assert len(told) == len(edges) > 20
    assert told == {
        (
            e.claim,
            e.statement,
            e.subject,
            e.relation,
            e.object,
            e.polarity,
            e.modality,
            e.confidence,
            e.document,
            e.date,
        )
        for e in edges
    }


def test_entities_have_name_kind_and_role(network: Network, small_store: EmbeddedStore) -> None:
    amkor = find(network, small_store, "Amkor")
    assert network.found(amkor) == find_entity(small_store, "amkor")
    assert network.roles[network.main_roles[amkor]] == "OSAT"
    samsung = network.roles_of(find(network, small_store, "Samsung"))
    assert {network.roles[each] for each in samsung} == {"IDM", "MemoryMaker"}
    assert {network.role_labels[each] for each in samsung} == {"integrated device manufacturer", "memory maker"}
    korea = find(network, small_store, "South Korea", (MentionKind.PLACE,))
    assert [network.labels[each] for each in network.narrower(korea)] == ["Incheon"]
    family = find(network, small_store, "interposer packaging")
    assert {network.labels[each] for each in network.narrower(family)} == {"CoWoS", "CoWoS-L"}
    assert family in network.broader(find(network, small_store, "CoWoS-L"))
    with pytest.raises(UnknownEntityError, match="did you mean Amkor Technology"):
        find(network, small_store, "Amkr")


def test_qualifiers_are_entities_where_they_name_one(network: Network) -> None:
    assert [network.labels[each] for each in network.technology_uses[:, 1]] == ["CoWoS"]
    assert [network.labels[each] for each in network.via[:, 1]] == ["TSMC"]


@pytest.mark.parametrize(
    "scope",
    [
        Scope(),
        Scope(modalities=frozenset(Modality)),
        Scope(least=0.6),
        Scope(least=0.9),
        Scope(since="2026-04"),
        Scope(until="2026-03"),
        Scope(documents=frozenset({"news.json"})),
        Scope(relations=frozenset({"outsourcesTo"})),
        Scope(without=frozenset({"outsourcesTo", "competesWith"})),
    ],
)
@pytest.mark.parametrize("polarity", [Polarity.AFFIRMED, Polarity.NEGATED, None])
def test_a_scope_selects_what_has_evidence(
    network: Network, small_store: EmbeddedStore, scope: Scope, polarity: Polarity | None
) -> None:
    chosen = select(network, scope, polarity=polarity)
    every = {network.statement_iri(each): each for each in range(len(network.subjects))}
    evidence = evidence_for(small_store, list(every), scope, polarity=polarity)
    wanted = {
        every[iri]: max(each.confidence for each in found)
        for iri, found in evidence.items()
        if found and scope.takes_relation(found[0].relation)
    }
    assert chosen.statements.tolist() == sorted(wanted)
    for statement, confidence in wanted.items():
        assert chosen.confidences[statement] == pytest.approx(confidence)
        assert network.confidences[chosen.surest(statement)] == pytest.approx(confidence)


def edges(network: Network, **how: object) -> set[tuple[str, str]]:
    found = ties(select(network, Scope()), **how)
    names = [
        (network.labels[int(a)], network.labels[int(b)]) for a, b in zip(found.dependents, found.providers, strict=True)
    ]
    for number, (dependent, provider) in enumerate(zip(found.dependents, found.providers, strict=True)):
        assert number in found.of(int(dependent))
        assert number in found.to(int(provider))
    return set(names)


def test_ties_run_from_who_depends_to_what_it_depends_on(network: Network) -> None:
    found = edges(network)
    assert {
        ("NVIDIA", "TSMC"),
        ("TSMC", "BESI"),
        ("NVIDIA", "Ibiden"),
        ("ASE", "SPIL"),
        ("Amkor Technology", "Incheon"),
    } < found
    assert not found & {("TSMC", "NVIDIA"), ("Amkor Technology", "ASE"), ("Amkor Technology", "TSMC")}
    both = edges(network, any_direction=True)
    assert {("TSMC", "NVIDIA"), ("Amkor Technology", "TSMC")} < both, (
        "partners are tied, customers reached from providers"
    )
    assert ("Amkor Technology", "ASE") not in both, "rivals are not"
    assert ("ASE", "Amkor Technology") in edges(network, also={"competesWith"})


@pytest.mark.parametrize("name", ["amkor", "AMKOR TECHNOLOGY", "nvda", "Korea", "cowos", f"{ENTITY}amd"])
def test_a_name_means_the_same_by_the_store_and_by_its_network(folder: Path, name: str) -> None:
    with open_store(folder) as store:
        first = entity_named(store, name)
        open_network(store)
        assert entity_named(store, name) == first == find_entity(store, name)
        with pytest.raises(UnknownEntityError, match="did you mean Samsung Electronics"):
            entity_named(store, "Samsng")


def test_a_network_is_kept_beside_the_store_and_mapped(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with open_store(folder) as store:
        first = open_network(store, lambda *each: told.append(each))
        assert told[-1][1] == told[-1][2] == len(told), "progress comes to its end"
        kept = folder / NETWORK / store.version
        assert (kept / "about.json").is_file()
        assert not list(foreign(folder)), "a build may replace the store with it"
        before = (kept / "about.json").stat().st_mtime_ns
        steps = len(told)
        again = open_network(store, lambda *each: told.append(each))
        assert len(told) == steps, "nothing is read again"
        assert (kept / "about.json").stat().st_mtime_ns == before
    assert np.array_equal(first.claim_ids, again.claim_ids) and list(first.labels) == list(again.labels)
    assert not again.claim_ids.flags.writeable


def test_a_new_version_of_the_store_has_a_new_network_and_the_old_one_goes(folder: Path) -> None:
    with open_store(folder) as store:
        old = open_network(store)
        with open_for_writing(folder) as writing:
            writing.update("DELETE WHERE { GRAPH ?g { ?claim sp:polarity sp:negated ; ?p ?o } }")
        with open_store(folder) as newer:
            new = open_network(newer)
            assert [each.name for each in (folder / NETWORK).iterdir()] == [newer.version]
        assert len(old.claim_ids) == len(new.claim_ids) + 1, "what is mapped stays"
        assert len(open_network(store).claim_ids) == len(old.claim_ids)


@pytest.mark.parametrize("harm", ["cut", "gone", "nonsense", "empty"])
def test_a_damaged_network_is_read_anew(folder: Path, harm: str) -> None:
    with open_store(folder) as store:
        whole = open_network(store).subjects.tolist()
        kept = folder / NETWORK / store.version
        if harm == "cut":
            (kept / "subjects.npy").write_bytes((kept / "subjects.npy").read_bytes()[:-4])
        elif harm == "gone":
            (kept / "claim_ids.npy").unlink()
        elif harm == "nonsense":
            (kept / "about.json").write_text("[1, 2", encoding="utf-8")
        else:
            shutil.rmtree(kept)
            kept.mkdir()
        assert open_network(store).subjects.tolist() == whole
        assert np.load(kept / "subjects.npy").tolist() == whole, "and mended on the disk"


def test_where_the_folder_cannot_be_written_the_cache_keeps_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("kg.analytics.network.keep.os.access", lambda *_: False)
    with open_store(folder) as store:
        assert len(open_network(store).claim_ids) > 20
    assert not (folder / NETWORK).exists()
    assert [each.name for each in (tmp_path / "cache" / "semipack").glob("*/*")] == [store.version]


def test_an_empty_store_has_an_empty_network(tmp_path: Path) -> None:
    with StoreBuilder(tmp_path / "store"):
        pass
    with open_store(tmp_path / "store") as store:
        network = open_network(store)
        assert len(open_network(store).claim_ids) == 0
    assert len(network.iris) == 0
    assert len(ties(select(network, Scope())).dependents) == 0
