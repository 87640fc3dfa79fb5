"""The table of commands, and how errors become one line and an exit code.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the graph does not conform.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

import click

from kg import __version__
from kg.errors import KgError, UsageError

FAILED = 1
WRONG_USAGE = 2
DOES_NOT_CONFORM = 3
_INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table: the command's module, its function there, and its help in one line."""

    module: str
    function: str
    help: str


COMMANDS: Mapping[str, Entry] = {
    "build": Entry("kg.cli.build", "build", "Build the graph from documents."),
    "add": Entry("kg.cli.add", "add", "Add documents to the graph."),
    "remove": Entry("kg.cli.remove", "remove", "Take documents out of the graph."),
    "documents": Entry("kg.cli.documents", "documents", "List the documents of the graph."),
    "extract": Entry("kg.cli.extract", "extract", "Print the claims of documents as JSON Lines."),
    "query": Entry("kg.cli.query", "query", "Ask a named query, or SPARQL."),
    "queries": Entry("kg.cli.query", "queries", "List the named queries."),
    "show": Entry("kg.cli.show", "show", "Tell all that is known about an entity."),
    "path": Entry("kg.cli.path", "path", "Tell how one entity depends on another."),
    "chokepoints": Entry("kg.cli.chokepoints", "chokepoints", "Tell what most of the network depends on."),
    "impact": Entry("kg.cli.impact", "impact", "Tell who is hit if something fails."),
    "conflicts": Entry("kg.cli.conflicts", "conflicts_command", "Tell what the documents contradict each other in."),
    "brief": Entry("kg.cli.brief", "brief", "Write a brief on an entity, to be forwarded."),
    "timeline": Entry("kg.cli.timeline", "timeline_command", "Tell what was said of an entity when."),
    "compare": Entry("kg.cli.compare", "compare_command", "Put two entities side by side."),
    "unknowns": Entry("kg.cli.unknowns", "unknowns_command", "Tell what the documents leave open."),
    "diff": Entry("kg.cli.diff", "diff_command", "Tell what a new batch of documents changed."),
    "export": Entry("kg.cli.export", "export", "Write the graph in another form."),
    "view": Entry("kg.cli.export", "view", "Write the picture as one HTML file."),
    "validate": Entry("kg.cli.checks", "validate", "Check the graph against the ontology's shapes."),
    "verify": Entry("kg.cli.checks", "verify", "Check every quote against its document."),
    "judge": Entry("kg.cli.judge", "judge", "Correct names and claims; kept across builds."),
    "eval": Entry("kg.cli.evaluate", "evaluate", "Measure extraction against gold claims."),
    "serve": Entry("kg.cli.serve", "serve", "Serve the graph: SPARQL, linked data, JSON."),
    "mcp": Entry("kg.cli.mcp", "mcp", "Serve the graph to assistants."),
    "completion": Entry("kg.cli.completion", "completion", "Print the shell's completion script."),
}
"""Every command; modules are imported only when one is called."""


class LazyGroup(click.Group):
    """A group that knows its commands' names and help without importing them, so that ``kg --help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command = getattr(import_module(entry.module), entry.function)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    epilog="Example: kg build seeds && kg query packages-for NVIDIA",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, package_name="semipack", prog_name="kg")
def cli() -> None:
    """Turn documents about semiconductor packaging into a graph whose every statement carries its sentence."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit; a user's mistake is one line on stderr, never a traceback."""
    try:
        code = cli.main(args=arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except UsageError as error:
        sys.exit(_failed(str(error), WRONG_USAGE))
    except KgError as error:
        sys.exit(_failed(str(error), FAILED))
    except click.UsageError as error:
        error.show()
        sys.exit(WRONG_USAGE)
    except click.ClickException as error:
        error.show()
        sys.exit(FAILED)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(_failed("Interrupted; every document is in the store whole, or not at all", _INTERRUPTED))
    except BrokenPipeError:
        # The reader of our pipe has gone; stdout must not be flushed again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)


def _failed(message: str, code: int) -> int:
    click.echo(f"Error: {' '.join(message.split())}", err=True)
    return code
