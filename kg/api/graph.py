"""A graph, open to be asked: every answer is a frozen row, or what another library calls a graph or a table."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Self, Unpack
from urllib.parse import urlencode

from rdflib import Dataset

from kg.analytics import Evidence, Scope
from kg.analytics.chokepoints import SHOWN as RANKED
from kg.analytics.chokepoints import By, ChokepointsAnswer, chokepoints
from kg.analytics.compare import MOST as COMPARED
from kg.analytics.compare import Comparison, compare
from kg.analytics.conflicts import MOST as CONFLICTING
from kg.analytics.conflicts import Conflicts, conflicts
from kg.analytics.diff import MOST as CHANGED
from kg.analytics.diff import Diff, diff
from kg.analytics.impact import LEVELS, ImpactAnswer, impact
from kg.analytics.impact import SHOWN as HIT
from kg.analytics.path import LONGEST, PathAnswer, path
from kg.analytics.timeline import MOST as DATED
from kg.analytics.timeline import Timeline, timeline
from kg.analytics.unknowns import MOST as OPEN
from kg.analytics.unknowns import Unknowns, unknowns
from kg.api import rows
from kg.api.limits import Limits, many, scope_of
from kg.api.rows import Entity, Name
from kg.api.tables import Tables, tables
from kg.api.view import View
from kg.export.brief import Brief, brief
from kg.model import MentionKind, Modality, Polarity
from kg.pipeline import BuildReport
from kg.query import Figure, ask, catalogue, read_figures, to_networkx
from kg.query.rdf import to_rdflib
from kg.query.values import TYPES
from kg.settings import Endpoint, Place, place_of
from kg.store import OpenStore, Solutions, StoredDocument, Verdict, list_documents, open_store, plain
from kg.terms import ROOT

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
        scope = self._all(limits)
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
        scope = self._all(limits)
        return tuple(
            figure
            for figure in read_figures(self.store, of, which)
            if scope.takes(figure.modality, figure.confidence) and scope.takes_document(figure.document, figure.date)
        )

    def documents(self) -> tuple[StoredDocument, ...]:
        """What the graph was built from."""
        return tuple(list_documents(self.store))

    def path(
        self,
        start: Name,
        end: Name,
        /,
        *,
        any_direction: bool = False,
        most: int = 3,
        longest: int = LONGEST,
        **limits: Unpack[Limits],
    ) -> PathAnswer:
        """How ``start`` depends on ``end``, step by step, each with its quotes; see :func:`kg.analytics.path.path`.

        Raises:
            UnknownEntityError: a name means nothing in the store.
            UsageError: both names mean the same.
            QueryError: a limit means nothing.
        """
        scope = scope_of(self.store, limits)
        first, last = rows.named(start), rows.named(end)
        return path(self.store, first, last, scope, any_direction=any_direction, most=most, longest=longest)

    def chokepoints(
        self, *, kind: str = "organisation", by: By = "dependence", most: int = RANKED, **limits: Unpack[Limits]
    ) -> ChokepointsAnswer:
        """Who or what most of the network depends on; see :func:`kg.analytics.chokepoints.chokepoints`.

        Raises:
            QueryError: a limit means nothing.
        """
        return chokepoints(self.store, scope_of(self.store, limits), kind=MentionKind(kind), by=by, most=most)

    def impact(
        self,
        what: Name,
        /,
        *,
        export_rule: bool = False,
        most: int = HIT,
        levels: int = LEVELS,
        **limits: Unpack[Limits],
    ) -> ImpactAnswer:
        """Who is hit if ``what`` fails, or by an export rule on a place; see :func:`kg.analytics.impact.impact`.

        Raises:
            UnknownEntityError: the name means nothing in the store.
            UsageError: an export rule is asked of something that is no place.
            QueryError: a limit means nothing.
        """
        scope = scope_of(self.store, limits)
        return impact(self.store, rows.named(what), scope, export_rule=export_rule, most=most, levels=levels)

    def conflicts(
        self,
        entity: Name | None = None,
        /,
        *,
        kinds: Iterable[str] = (),
        most: int = CONFLICTING,
        revisions: bool = False,
        **limits: Unpack[Limits],
    ) -> Conflicts:
        """What the documents contradict each other in; see :func:`kg.analytics.conflicts.conflicts`.

        Raises:
            UnknownEntityError: the name means nothing in the store.
            UsageError: there is no such kind.
            QueryError: a limit means nothing.
        """
        about = None if entity is None else rows.found(self.store, entity)
        return conflicts(self.store, about, self._all(limits), kinds=many(kinds), most=most, revisions=revisions)

    def timeline(self, entity: Name, /, *, most: int = DATED, **limits: Unpack[Limits]) -> Timeline:
        """What was said of an entity, in the order of the documents' dates; see :func:`kg.analytics.timeline.timeline`.

        Raises:
            UnknownEntityError: the name means nothing in the store.
            QueryError: a limit means nothing.
        """
        return timeline(self.store, rows.found(self.store, entity), self._all(limits), most=most)

    def compare(self, first: Name, second: Name, /, *, most: int = COMPARED, **limits: Unpack[Limits]) -> Comparison:
        """Two entities side by side; see :func:`kg.analytics.compare.compare`.

        Raises:
            UnknownEntityError: a name means nothing in the store.
            UsageError: both names mean the same.
            QueryError: a limit means nothing.
        """
        one, other = (rows.found(self.store, name) for name in (first, second))
        return compare(self.store, one, other, scope_of(self.store, limits), most=most)

    def unknowns(
        self, *entities: Name, today: date | None = None, most: int = OPEN, **limits: Unpack[Limits]
    ) -> Unknowns:
        """What the documents leave open, of all or of some entities; see :func:`kg.analytics.unknowns.unknowns`.

        Raises:
            UnknownEntityError: a name means nothing in the store.
            QueryError: a limit means nothing.
        """
        about = [rows.found(self.store, name) for name in entities]
        return unknowns(self.store, about, self._all(limits), today=today, most=most)

    def brief(self, entity: Name, /, **limits: Unpack[Limits]) -> Brief:
        """What is known of an entity, in sentences with notes; :func:`kg.export.brief.page` writes it as HTML.

        Raises:
            UnknownEntityError: the name means nothing in the store.
            QueryError: a limit means nothing.
        """
        return brief(self.store, rows.found(self.store, entity), self._all(limits))

    def diff(self, older: Self, /, *, most: int = CHANGED) -> Diff:
        """What this graph has and an older one has not, and the other way round; see :func:`kg.analytics.diff.diff`."""
        return diff(older.store, self.store, most=most)

    def to_rdflib(self) -> Dataset:
        """A ``rdflib.Dataset`` over the same data, nothing copied; see :func:`kg.query.rdf.to_rdflib`."""
        return to_rdflib(self.store)

    def to_networkx(self, **limits: Unpack[Limits]) -> Any:  # noqa: ANN401 - naming the class would load networkx here
        """A ``networkx.MultiDiGraph`` of entities and claims, copied; see :func:`kg.query.network.to_networkx`.

        Raises:
            QueryError: a limit means nothing.
        """
        scope = self._all(limits)
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

    def to_pyvis(self) -> Any:  # noqa: ANN401 - naming the class would load pyvis here
        """A ``pyvis.network.Network`` with places, looks and quotes; see :func:`kg.export.viewer.network.to_pyvis`."""
        from kg.export.viewer import build_picture  # with a numerical library
        from kg.export.viewer.network import to_pyvis

        return to_pyvis(build_picture(self.store))

    def view(self, entity: Name | None = None, *, title: str | None = None, height: int = 640) -> View:
        """The explorer, to be shown in a notebook or saved as a file.

        Args:
            entity: what is chosen when it opens.
            title: what stands above it.
            height: pixels that it takes in a notebook.

        Raises:
            UnknownEntityError: the name means nothing in the store.
        """
        from kg.export import viewer  # with a numerical library

        chosen = None if entity is None else rows.found(self.store, entity)
        opens = "" if chosen is None else urlencode({"entity": chosen.iri.removeprefix(ROOT)})
        picture = viewer.build_picture(self.store)
        return View(viewer.render(picture, title=title or viewer.TITLE, opens=opens), height)

    def _all(self, limits: Limits) -> Scope:
        """Limits that take a claim however it is said, unless they name modalities."""
        return scope_of(self.store, limits, modalities=_ALL)

    def close(self) -> None:
        """Lets go of files and connections."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Graph({str(self._place)!r})"
