"""``kg completion``: completion for shells."""

import click
from click.shell_completion import get_completion_class


@click.command(epilog='Example: eval "$(kg completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the shell's completion script.

    Put the example into your shell's start-up file.
    """
    from kg.cli.main import cli

    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(cli, {}, "kg", "_KG_COMPLETE").source())
