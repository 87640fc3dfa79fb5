"""semipack: documents about semiconductor packaging become a knowledge graph whose every statement can be checked.

From Python::

    import kg

    graph = kg.build("reports", store="kg-store")  # or, once it is built, kg.open("kg-store")
    for claim in graph.claims(subject="NVIDIA", relation="outsourcesTo"):
        print(claim.object.label, claim.quote)

What stands here stands in :mod:`kg.api`, and is loaded when it is first used.
"""

__version__ = "0.1.0"
__all__ = ["Graph", "__version__", "build", "open"]

# The name by which type checkers know it; to import it would cost every command time.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.api import Graph, build, open  # noqa: A004 - kg.open reads as it should


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kg import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
