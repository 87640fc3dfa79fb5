"""The wheel is whole: installed elsewhere, away from the repository, it extracts, builds and answers."""

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from kg import __version__

REPOSITORY = Path(__file__).parent.parent
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "json" + "delivr.net", "unpkg" + ".com")
TEXT = "# Amkor\n\nApple has its chips packaged by Amkor. Amkor competes with JCET.\n"


def run(*command: object, cwd: Path, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "PYTHON"))}
    arguments = [str(word) for word in command]
    done = subprocess.run(arguments, cwd=cwd, env=kept | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network by the build tool that stands in the test environment."""
    pytest.importorskip("hatchling", reason="hatchling is not installed: no wheel can be built")
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", folder)
    run(sys.executable, "-m", "pip", "wheel", *options, REPOSITORY, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment with the wheel, which borrows the libraries of this one."""
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home, with_pip=False)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    options = ("--no-deps", "--no-index", "--quiet")
    run(sys.executable, "-m", "pip", "--python", programs / "python", "install", *options, wheel, cwd=home)
    (packages,) = home.rglob("site-packages")
    # Only the folder itself is added, none of its .pth files: an editable semipack in it stays out of the way.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return programs


@pytest.fixture
def away(tmp_path: Path) -> Path:
    (tmp_path / "note.md").write_text(TEXT, "utf-8")
    return tmp_path


def test_the_wheel_carries_what_the_program_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder, inside in ((REPOSITORY / "ontology", "kg/data/ontology"), (REPOSITORY / "kg", "kg")):
        files = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
        needed = {f"{inside}/{path.as_posix()}" for path in files if "__pycache__" not in path.parts}
        assert not {name for name in needed if not Path(name).name.startswith(".")} - names
    assert not [name for name in names if not name.startswith(("kg/", f"semipack-{__version__}.dist-info/"))]
    assert f"semipack-{__version__}.dist-info/licenses/LICENSE" in names


def test_the_wheel_names_no_host_that_packages_come_from(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert not [host for host in HOSTS if host.encode() in content], name


def test_the_installed_program_is_the_wheels_own(installed: Path, away: Path) -> None:
    code = "import kg; from kg.settings import Settings; print(kg.__file__, Settings.from_environment().ontology)"
    package, ontology = map(Path, run(installed / "python", "-c", code, cwd=away).split())
    assert installed.parent in package.parents
    assert ontology == package.parent / "data" / "ontology"
    assert run(installed / "kg", "--version", cwd=away).split() == ["kg,", "version", __version__]


def test_it_extracts_away_from_the_repository(installed: Path, away: Path) -> None:
    printed = run(installed / "kg", "extract", "note.md", cwd=away)
    claims = {(r["subject"], r["relation"], r["object"]) for r in map(json.loads, printed.splitlines())}
    assert ("Apple", "outsourcesTo", "Amkor Technology") in claims


def test_it_builds_and_answers_away_from_the_repository(installed: Path, away: Path) -> None:
    run(installed / "kg", "build", "note.md", "--exports", "exports", "--quiet", cwd=away)
    assert sorted(path.suffix for path in (away / "exports").iterdir()) == [".html", ".jsonl", ".trig", ".ttl"]
    answer = run(installed / "kg", "query", "packages-for", "Apple", "--format", "csv", cwd=away)
    assert "/entity/amkor," in answer


def test_python_builds_and_answers_away_from_the_repository(installed: Path, away: Path) -> None:
    code = """import kg
from kg.export.brief import page

graph = kg.build("note.md", store="store")
print([claim.subject.label for claim in graph.claims(object="Amkor", relation="outsourcesTo")])
print("</html>" in page(graph.brief("Amkor")), "srcdoc" in graph.view("Amkor")._repr_html_())"""
    assert run(installed / "python", "-c", code, cwd=away).splitlines() == ["['Apple']", "True True"]


def licences() -> Iterator[tuple[str, str]]:
    """Each library that the program needs, with theirs, and its licence as its metadata tells it."""
    waiting = [Requirement(line) for line in declared()]
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = requirement.name.lower().replace("_", "-")
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        try:
            about = metadata(name)
        except PackageNotFoundError:
            continue
        fields = [about.get_all(field) or [] for field in ("License-Expression", "License", "Classifier")]
        expression, licence, classifiers = fields
        named = [text for text in classifiers if text.startswith("License")]
        yield name, " ".join([*expression, *(text[:200] for text in licence), *named])
        waiting += [Requirement(line) for line in requires(name) or []]


def declared() -> list[str]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    return list(project["dependencies"])


def test_every_library_has_a_permissive_licence() -> None:
    found = dict(licences())
    assert len(found) >= len(declared())
    permissive = ("Apache", "BSD", "MIT", "ISC", "PSF", "W3C", "Python Software")
    doubtful = {name: text for name, text in found.items() if not any(word in text for word in permissive)}
    assert not doubtful
    assert not {name: text for name, text in found.items() if "GPL" in text or "Affero" in text}
