"""A graph, open to be asked: every answer is a frozen row, or what another library calls a graph or a table."""

from pathlib import Path
from typing import Any, Self, Unpack

from rdflib import Dataset

from kg.analytics import Evidence
from kg.api import rows
from kg.api.limits import Limits, scope_of
from kg.api.rows import Entity, Name
from kg.api.tables import Tables, tables
from kg.api.view import View
from kg.model import MentionKind, Modality, Polarity
from kg.pipeline import BuildReport
from kg.query import Figure, ask, catalogue, read_figures, to_networkx
from kg.query.rdf import to_rdflib
from kg.query.values import TYPES
from kg.settings import Endpoint, Place, place_of
from kg.store import OpenStore, Solutions, StoredDocument, Verdict, list_documents, open_store, plain

_ALL = "all"


class Graph:
    """A graph, open to be read; close it, or use it in a ``with`` block.

    Most methods take limits as keywords, see :class:`kg.api.Limits`. Where these say nothing of modalities, rows are
    given however they are said, and answers rest on what is asserted or reported. Names of entities may be labels,
    aliases or keys, letter case ignored.

    Attributes:
        store: the open store, for all that is not here.
        report: what :func:`kg.build` did; None for a graph that was only opened.
    """

    def __init__(self, place: str | Path | Endpoint = "kg-store", *, report: BuildReport | None = None) -> None:
        """Opens the store in a folder, or the one at an address that starts with http:// or https://.

        Raises:
            StoreError: there is no store, or its server cannot be reached.
            UsageError: the address is none.
        """
        self._place: Place = place_of(place) if isinstance(place, str) else place
        self.store: OpenStore = open_store(self._place)
        self.report = report

    @property
    def version(self) -> str:
        """A text that is another one after every change of the store."""
        return self.store.version

    def query(self, query: str, /, **values: str) -> list[dict[str, str]]:
        """The rows of a named query with its values, or of a SELECT query, as plain strings by column.

        Raises:
            QueryError: the query does not parse, or a value does not fit.
            TypeError: it is no SELECT query.
            UnknownEntityError: a value names nothing in the store.
        """
        answer = ask(self.store, query, values) if query in catalogue() else self.store.query(query)
        if not isinstance(answer, Solutions):
            raise TypeError("query() gives rows; use ask() for ASK, and store.query() for CONSTRUCT and DESCRIBE")
        return [{name: plain(term) for name, term in zip(answer.columns, row, strict=True)} for row in answer]

    def ask(self, query: str, /) -> bool:
        """The answer to an ASK query, such as ``ASK { entity:tsmc sp:outsourcesTo entity:amkor }``.

        Raises:
            QueryError: the query does not parse.
            TypeError: it is no ASK query.
        """
        answer = self.store.query(query)
        if not isinstance(answer, Verdict):
            raise TypeError("ask() answers ASK queries; use query() for SELECT")
        return bool(answer)

    def entity(self, name: Name) -> Entity:
        """The entity of that name, with its other names and its roles.

        Raises:
            UnknownEntityError: there is none, or several that fit equally well.
        """
        return rows.entity(self.store, rows.found(self.store, name))

    def entities(self, *, kind: str | None = None, role: str | None = None) -> tuple[Entity, ...]:
        """All that claims or figures are about, by kind and key.

        Args:
            kind: only ``organisation``, ``technology`` or ``place``.
            role: only organisations with that role, such as ``OSAT``.
        """
        wanted = None if kind is None else MentionKind(kind)
        return tuple(
            entity
            for entity in rows.entities(self.store)
            if wanted in (None, entity.kind) and (role is None or role in entity.roles)
        )

    def claims(
        self,
        *,
        subject: Name | None = None,
        relation: str | None = None,
        object: Name | None = None,  # noqa: A002 - the three are called so everywhere
        polarity: str | None = None,
        **limits: Unpack[Limits],
    ) -> tuple[Evidence, ...]:
        """The claims about a subject, relation and object, each left open where it is not given.

        They come by subject, relation and object, of each the strongest first. Either end of a symmetric relation is
        its subject. A claim is given however it is said, unless the limits name modalities; a denial too, unless
        ``polarity`` is ``affirmed``.

        Raises:
            UnknownEntityError: a name means nothing in the store.
            QueryError: there is no such relation, or a limit means nothing.
        """
        ends = [None if name is None else rows.found(self.store, name) for name in (subject, object)]
        scope = scope_of(self.store, limits, modalities=_ALL)
        stance = None if polarity is None else Polarity(polarity)
        return rows.claims(self.store, ends[0], relation, ends[1], scope, stance)

    def figures(
        self, *, entity: Name | None = None, metric: str | None = None, **limits: Unpack[Limits]
    ) -> tuple[Figure, ...]:
        """The figures of an organisation and a metric, each left open where it is not given.

        They come by organisation, metric, period and date.

        Raises:
            UnknownEntityError: the name means nothing in the store.
            QueryError: there is no such metric, or a limit means nothing.
        """
        of = None if entity is None else rows.found(self.store, entity)
        which = None if metric is None else TYPES["metric"](metric, self.store).value
        scope = scope_of(self.store, limits, modalities=_ALL)
        return tuple(
            figure
            for figure in read_figures(self.store, of, which)
            if scope.takes(figure.modality, figure.confidence) and scope.takes_document(figure.document, figure.date)
        )

    def documents(self) -> tuple[StoredDocument, ...]:
        """What the graph was built from."""
        return tuple(list_documents(self.store))

    def to_rdflib(self) -> Dataset:
        """A ``rdflib.Dataset`` over the same data, nothing copied; see :func:`kg.query.rdf.to_rdflib`."""
        return to_rdflib(self.store)

    def to_networkx(self, **limits: Unpack[Limits]) -> Any:  # noqa: ANN401 - naming the class would load networkx here
        """A ``networkx.MultiDiGraph`` of entities and claims, copied; see :func:`kg.query.network.to_networkx`.

        Raises:
            QueryError: a limit means nothing.
        """
        scope = scope_of(self.store, limits, modalities=_ALL)
        return to_networkx(
            self.store,
            lambda edge: (
                scope.takes_relation(edge.relation)
                and scope.takes(Modality(edge.modality), edge.confidence)
                and scope.takes_document(edge.document, edge.date)
            ),
        )

    def to_pandas(self, **limits: Unpack[Limits]) -> Tables:
        """Claims and figures as two ``pandas.DataFrame``: ``claims, figures = graph.to_pandas()``.

        Raises:
            QueryError: a limit means nothing.
            UsageError: pandas is not installed.
        """
        return tables(self.claims(**limits), self.figures(**limits))

    def view(self, *, title: str | None = None, height: int = 640) -> View:
        """The explorer, to be shown in a notebook or saved as a file.

        Args:
            title: what stands above it.
            height: pixels that it takes in a notebook.
        """
        from kg.export import viewer  # with a numerical library

        picture = viewer.build_picture(self.store)
        return View(viewer.render(picture, title=title or viewer.TITLE), height)

    def close(self) -> None:
        """Lets go of files and connections."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Graph({str(self._place)!r})"
