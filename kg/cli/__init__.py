"""The command ``kg``; each family of commands is one file, loaded when it is used."""

from kg.cli.main import cli, main

__all__ = ["cli", "main"]
