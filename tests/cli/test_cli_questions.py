"""Questions to a built store: query, queries, show, export, view, validate, verify, judge, eval, extract."""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import networkx
import pytest
import rdflib
from running import ROOT, SEEDS, error_lines, kg, write_all


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_who_packages_for_nvidia_is_answered_with_the_sentence(store: Path) -> None:
    table = kg("query", "packages-for", "NVIDIA", "--store", store).out
    assert "Amkor Technology" in table
    assert "Rubin" in table
    found = rows(kg("query", "packages-for", "entity=nvda", "--store", store, "--format", "csv").out)
    assert {row["provider"].rsplit("/", 1)[-1] for row in found} >= {"amkor", "ase"}


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_every_form_of_an_answer(store: Path, form: str) -> None:
    outcome = kg("query", "rivals", "Amkor", "--store", store, "--format", form)
    assert outcome.code == 0
    assert "jcet" in outcome.out.lower()


def test_triples_come_as_turtle(store: Path) -> None:
    text = kg("query", "CONSTRUCT WHERE { ?a sp:outsourcesTo ?b }", "--store", store, "--format", "ttl").out
    assert len(rdflib.Graph().parse(data=text, format="turtle")) > 5


def test_a_query_from_a_file_and_into_a_file(store: Path, tmp_path: Path) -> None:
    (tmp_path / "count.rq").write_text("SELECT (COUNT(DISTINCT ?c) AS ?claims) { ?c a sp:Claim }", "utf-8")
    answer = tmp_path / "answer.csv"
    assert kg("query", tmp_path / "count.rq", "--store", store, "--format", "csv", "-o", answer).code == 0
    assert int(rows(answer.read_text("utf-8"))[0]["claims"]) > 50


def test_a_query_from_standard_input(store: Path) -> None:
    assert kg("query", "-", "--store", store, given="ASK { ?c a sp:Claim }").out == "yes\n"


def test_names_instead_of_iris(store: Path) -> None:
    named = kg("query", "packages-for", "NVIDIA", "--store", store, "--format", "csv", "--names")
    assert {row["provider"] for row in rows(named.out)} >= {"Amkor Technology", "TSMC"}
    assert "https://" not in named.out
    text = "SELECT DISTINCT ?a { ?a sp:outsourcesTo ?b } ORDER BY ?a"
    lines = kg("query", text, "--store", store, "--format", "tsv", "--names").out.splitlines()
    assert lines[0] == "a"
    assert "NVIDIA" in lines


def test_a_term_that_means_nothing_is_a_remark(store: Path) -> None:
    outcome = kg("query", "SELECT ?a { ?a sp:outsorcesTo ?b }", "--store", store)
    assert (outcome.code, outcome.out) == (0, "a\n─\n(0 rows)\n")
    assert outcome.err.endswith("did you mean sp:outsourcesTo?\n")
    assert kg("query", "SELECT ?a { ?a sp:outsorcesTo ?b }", "--store", store, "-q").err == ""


def test_rows_left_out_for_lack_of_a_date_are_counted(store: Path) -> None:
    all_rows = rows(kg("query", "packages-for", "NVIDIA", "--store", store, "--format", "csv").out)
    undated = sum(not row["date"] for row in all_rows)
    assert undated
    outcome = kg("query", "packages-for", "NVIDIA", "since=2026", "--store", store)
    assert outcome.err == f"since leaves out {undated} rows of documents without a date\n"


MISTAKES = [
    (["query", "SELECT * WHERE { ?s ?p }"], 1, "does not parse"),
    (["query", "rival"], 1, "did you mean rivals"),
    (["query", "no-such-query"], 1, "`kg queries` lists them"),
    (["query", "packages-for", "NVIDIA", "colour=1"], 1, "does not take 'colour=1'"),
    (["query", "packages-for", "NVIDIA", "confidence=2"], 1, "from 0 to 1"),
    (["query", "packages-for", "Taiwan Semi"], 1, "did you mean TSMC?"),
    (["query", "packages-for", "nvdia"], 1, "did you mean NVIDIA?"),
    (["query", "packages-for", "it"], 1, "`kg query entities`"),
    (["query", "document-claims", "nope.txt"], 1, "holds 'nope.txt'"),
    (["query", "document-claims", "amkor.txt"], 1, "did you mean amkor-profile.txt?"),
    (["query", "rivals", "ASE", "--names", "--format", "json"], 2, "--names goes with"),
    (["query", "-"], 1, "Error: Standard input is empty; give it text"),
    (["extract", "-"], 1, "Error: Standard input is empty; give it text"),
    (["query", "packages-for"], 1, "needs a value"),
    (["query", "packages-for", "Nvidea Corp of Nowhere"], 1, "Nothing in the store"),
    (["query", "missing.rq"], 1, "missing.rq does not exist"),
    (["query", "SELECT * { ?s ?p ?o }", "x=1"], 2, "takes no values"),
    (["show", "Nobody at all"], 1, "Nothing in the store"),
    (["query", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], 1, "SERVICE"),
    (["export", "--format", "docx"], 2, "docx"),
    (["nonsense"], 2, "nonsense"),
    (["eval", "nowhere", "nowhere-else"], 1, "nowhere"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), MISTAKES, ids=[" ".join(m[0])[:40] for m in MISTAKES])
def test_a_mistake_is_one_line_and_the_right_exit_code(store: Path, arguments: list[str], code: int, said: str) -> None:
    more = [] if arguments[0] == "nonsense" else ["--store", store]
    outcome = kg(*arguments, *more)
    assert outcome.code == code
    assert said in outcome.err
    assert "Traceback" not in outcome.err
    assert outcome.out == ""


def test_every_command_needs_a_store_and_says_how_to_make_one(tmp_path: Path) -> None:
    for arguments in (["query", "documents"], ["show", "ASE"], ["export"], ["validate"], ["verify"]):
        outcome = kg(*arguments, "--store", tmp_path / "none")
        assert outcome.code == 1
        assert "kg build" in error_lines(outcome)[0]


def test_show_groups_claims_by_relation_with_their_quotes(store: Path) -> None:
    text = kg("show", "Amkor", "--store", store).out
    assert text.startswith("Amkor Technology (")
    assert "competes with" in text
    assert "[negated]" in text
    assert "does not use Amkor" in text
    known = json.loads(kg("show", "Amkor", "--store", store, "--format", "json").out)
    assert known["found"]["key"] == "amkor"
    assert any(line["polarity"] == "negated" for lines in known["groups"].values() for line in lines)


def test_show_tells_figures_with_their_lineage(store: Path) -> None:
    text = kg("show", "ASE", "--store", store).out
    assert "8,500,000,000 USD" in text
    assert "superseded" in text


def test_queries_lists_them_all(store: Path) -> None:  # noqa: ARG001 - loads the catalogue only
    listed = json.loads(kg("queries", "--format", "json").out)
    assert len(listed) >= 20
    table = kg("queries").out
    assert all(row["name"] in table and row["title"] for row in listed)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's parsers warn of its own classes
@pytest.mark.parametrize(
    ("form", "parser"), [("turtle", "turtle"), ("trig", "trig"), ("nquads", "nquads"), ("jsonld", "json-ld")]
)
def test_rdf_exports_parse_elsewhere(store: Path, form: str, parser: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=kg("export", "--store", store, "--format", form).out, format=parser)
    assert len(list(dataset.quads())) > 500


def test_other_exports_parse_elsewhere(store: Path, tmp_path: Path) -> None:
    graph_file = tmp_path / "graph.graphml"
    assert kg("export", "--store", store, "--format", "graphml", "-o", graph_file).code == 0
    assert networkx.read_graphml(graph_file).number_of_edges() > 40
    assert len(rows(kg("export", "--store", store, "--format", "csv").out)) > 40
    lines = kg("export", "--store", store, "--format", "claims").out.splitlines()
    assert all(json.loads(line)["quote"] for line in lines)


def test_view_writes_one_page(store: Path, tmp_path: Path) -> None:
    page = tmp_path / "picture.html"
    assert kg("view", "--store", store, "-o", page).code == 0
    assert page.stat().st_size < 1_000_000
    assert kg("view", "--store", store, "-o", "-").out == page.read_text("utf-8")


def test_validate_says_so_and_exits_with_3_where_it_does_not_conform(store: Path, tmp_path: Path) -> None:
    assert kg("validate", "--store", store).out == "the graph conforms\n"
    from kg.store import open_for_writing

    broken = tmp_path / "broken"
    shutil.copytree(store, broken)
    with open_for_writing(broken) as opened:
        from kg.graph import document_iri
        from kg.terms import CLAIM, SP

        opened.add([(CLAIM["0" * 16], rdflib.RDF.type, SP.Claim, document_iri("0" * 16))])
    outcome = kg("validate", "--store", broken)
    assert outcome.code == 3
    assert "does not conform" in outcome.out
    assert json.loads(kg("validate", "--store", broken, "--format", "json").out)["conforms"] is False


def test_verify_passes_and_fails_when_one_character_changes(tmp_path: Path) -> None:
    folder, store = tmp_path / "documents", tmp_path / "store"
    shutil.copytree(SEEDS, folder)
    assert kg("build", folder, "--store", store, "--quiet").code == 0
    assert kg("verify", "--store", store).code == 0
    page = folder / "amkor-profile.txt"
    page.write_text(page.read_text("utf-8").replace("Amkor", "Amkpr", 1), "utf-8")
    outcome = kg("verify", "--store", store)
    assert outcome.code == 1
    assert "amkor-profile.txt: has changed" in outcome.out
    assert kg("verify", "--store", store, "--sources", SEEDS).code == 0


def test_judgements_survive_a_rebuild(tmp_path: Path) -> None:
    store = tmp_path / "store"
    text = "TSMC outsources packaging to Amkor.\n\nQuxtronic Holdings outsources assembly to ASE.\n"
    write_all(tmp_path, [("note.txt", text)])
    build = ["build", tmp_path / "note.txt", "--store", store, "--quiet"]
    assert kg(*build).code == 0
    (claim,) = {
        json.loads(line)["id"]
        for line in kg("export", "--store", store, "--format", "claims").out.splitlines()
        if "Amkor" in line and "outsourcesTo" in line
    }
    assert kg("judge", "reject", claim, "--store", store).code == 0
    assert kg("judge", "same", "Quxtronic Holdings", "Intel", "--store", store).code == 0
    for _ in range(2):
        assert kg(*build).code == 0
        edges = kg("query", "SELECT ?a ?b { ?a sp:outsourcesTo ?b }", "--store", store, "--format", "csv").out
        assert "amkor" not in edges
        assert "entity/intel" in edges
    assert kg("judge", "reject", "not-an-id", "--store", store).code == 1


def test_extract_reads_standard_input_and_writes_json_lines() -> None:
    outcome = kg("extract", "-", given="TSMC outsources some of its packaging to Amkor.\n")
    (record,) = [json.loads(line) for line in outcome.out.splitlines()]
    assert (record["subject"], record["relation"], record["object"]) == ("TSMC", "outsourcesTo", "Amkor Technology")
    assert kg("extract", "-", given=b"\xff\xfe").code == 1
    assert kg("extract", "-", given="").code == 1


def test_eval_gives_the_measures() -> None:
    report = json.loads(kg("eval", ROOT / "tests" / "gold", SEEDS, "--format", "json").out)
    assert report["documents"] == 5
    assert report["grounding"] == 1.0
    assert report["organisation relations"]["f1"] > 0.8


def test_help_is_quick_and_loads_no_library() -> None:
    code = "import sys, kg.cli; kg.cli.cli.main(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Build the graph" in done.stdout
    assert not {"rdflib", "pyoxigraph", "pyshacl", "networkx", "numpy", "yaml"} & set(
        done.stdout.rsplit("[", 1)[1].replace("'", "").split(", ")
    )


def test_named_queries_are_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_KG_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "kg query pack")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert kg().out.splitlines() == ["plain,packages-for", "plain,packaging-customers"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    assert "kg" in kg("completion", shell).out
