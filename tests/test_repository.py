"""The repository in order: what stands at its top, what its texts must not say, that its README tells the truth."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kg import __version__
from kg.cli import cli

REPOSITORY = Path(__file__).parent.parent
README = REPOSITORY / "README.md"
TOP = {
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "benchmarks",
    "docs",
    "exports",
    "kg",
    "ontology",
    "pyproject.toml",
    "seeds",
    "tests",
}
# Written in pieces, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:" + "|".join(["work", "home", "root", "Users"]) + r")/\w")
PACKAGE_HOSTS = re.compile("|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)"]))
LINK = re.compile(r"\]\(([^)\s]+)\)")


def tracked() -> list[Path]:
    """The files under version control, or all but hidden and built ones where there is none."""
    try:
        command = ["git", "-C", str(REPOSITORY), "ls-files", "-z"]
        listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("\0")
        return [path for name in listed if name and (path := REPOSITORY / name).is_file()]
    except (OSError, subprocess.CalledProcessError):
        built = {"build", "dist", "kg-store", "__pycache__"}
        files = (path for path in REPOSITORY.rglob("*") if path.is_file())
        return [path for path in files if not any(p in built or p.startswith(".") for p in parts(path))]


def parts(path: Path) -> tuple[str, ...]:
    return path.relative_to(REPOSITORY).parts


FILES = tracked()


def texts() -> Iterator[tuple[Path, str]]:
    for path in FILES:
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def test_the_top_level_holds_what_it_should_and_no_more() -> None:
    assert len(FILES) > 100
    top = {parts(path)[0] for path in FILES}
    assert not {name for name in top if not name.startswith(".")} - TOP
    assert top >= TOP - {"docs"}


@pytest.mark.parametrize("pattern", [MACHINE_PATH, PACKAGE_HOSTS], ids=["machine paths", "package hosts"])
def test_no_text_names_a_machine_or_a_host_of_packages(pattern: re.Pattern[str]) -> None:
    found = {str(path.relative_to(REPOSITORY)): hit.group() for path, text in texts() if (hit := pattern.search(text))}
    assert not found


def commands(group: click.Group, path: str = "kg") -> Iterator[tuple[str, click.Command]]:
    """Every command of a group and of the groups in it, by the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, f"{path} lists {name}, which is no command"
        words = f"{path} {name}"
        if isinstance(command, click.Group):
            yield from commands(command, words)
        else:
            yield words, command


COMMANDS = dict(commands(cli))


def test_there_are_commands() -> None:
    assert {"kg build", "kg extract", "kg query", "kg show", "kg export", "kg view", "kg verify"} <= set(COMMANDS)


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_has_help_with_an_example(words: str) -> None:
    command = COMMANDS[words]
    text = command.get_help(click.Context(command, info_name=words))
    assert command.help, f"{words} says nothing of what it does"
    assert "Example" in text
    assert re.search(rf"{words}\b", text.split("Example", 1)[1])


@pytest.mark.parametrize("words", COMMANDS)
def test_an_option_has_help(words: str) -> None:
    silent = [p.opts for p in COMMANDS[words].params if isinstance(p, click.Option) and not (p.help or p.hidden)]
    assert not silent


@pytest.mark.parametrize("words", COMMANDS)
def test_the_readme_mentions_the_command(words: str) -> None:
    assert re.search(rf"{words}\b", README.read_text("utf-8"))


def test_the_readme_mentions_no_command_that_there_is_none_of() -> None:
    shown = re.findall(r"(?m)(?:^\s*(?:\$ )?|`)kg ([a-z]+)\b", README.read_text("utf-8"))
    assert shown
    assert not {f"kg {word}" for word in shown} - {" ".join(words.split()[:2]) for words in COMMANDS}


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_within_the_repository_lead_somewhere(name: str) -> None:
    targets = [link.split("#")[0] for link in LINK.findall((REPOSITORY / name).read_text("utf-8"))]
    local = [target for target in targets if target and not target.startswith(("http://", "https://", "mailto:"))]
    assert not [target for target in local if not (REPOSITORY / target).exists()]


def test_the_make_targets_that_the_texts_name_exist() -> None:
    targets = set(re.findall(r"(?m)^([a-z]+):", (REPOSITORY / "Makefile").read_text("utf-8")))
    for name in ("README.md", "CONTRIBUTING.md"):
        named = re.findall(r"(?m)(?:^ *(?:\$ )?|`)make ([a-z]+)\b", (REPOSITORY / name).read_text("utf-8"))
        assert not set(named) - targets


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## [{__version__}]" in (REPOSITORY / "CHANGELOG.md").read_text("utf-8")


def test_the_scripts_can_be_run() -> None:
    for path in sorted((REPOSITORY / ".ci").iterdir()):
        assert path.stat().st_mode & 0o111, f"{path.name} is not executable"
        assert path.read_text("utf-8").startswith("#!/usr/bin/env bash\n")
