"""Shapes as SPARQL: a query for each thing that a shape asks for, whose rows are what does not conform.

pySHACL goes through a graph node by node in Python. An engine that has the whole store at hand answers the same
questions some fifty times as fast.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import OntologyError
from kg.graph.validate_paths import Path, path_at
from kg.terms import DERIVED_GRAPH, ONTOLOGY_GRAPH, local_name

_IGNORED = frozenset({SH.message, SH.severity, SH.path, SH.property, SH.name, SH.description, SH.order, SH.group})
_TARGETS = (SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf, SH.targetNode)
_KINDS = {
    SH.IRI: "isIRI({0})",
    SH.Literal: "isLiteral({0})",
    SH.BlankNode: "isBlank({0})",
    SH.BlankNodeOrIRI: "(isBlank({0}) || isIRI({0}))",
    SH.BlankNodeOrLiteral: "(isBlank({0}) || isLiteral({0}))",
    SH.IRIOrLiteral: "(isIRI({0}) || isLiteral({0}))",
}
_COMPARED = {SH.minInclusive: ">=", SH.maxInclusive: "<=", SH.minExclusive: ">", SH.maxExclusive: "<"}
# Types by whose casts the engine tells whether a literal is well formed.
_CAST = frozenset({XSD.boolean, XSD.integer, XSD.decimal, XSD.double, XSD.float, XSD.dateTime, XSD.date})


@dataclass(frozen=True, slots=True)
class Check:
    """A question to a store; each row, of ``focus``, ``value`` and ``component``, is something that does not conform.

    Attributes:
        query: the SPARQL text.
        screen: a cheaper query, the same for several shapes; where it has no row, the other has none either. Empty
            where there is none.
        path: the path of the shape, as text; empty for a node shape.
        message: what is wrong, from the shape.
        severity: local name of the severity.
    """

    query: str
    screen: str
    path: str
    message: str
    severity: str


def checks_of(shapes: Graph, ontology: Graph) -> list[Check]:
    """All that some shapes ask of a store, whose ontology and derived graphs are not looked at.

    Raises:
        OntologyError: a shape asks for something that is not known here.
    """
    found: list[Check] = []
    for shape in sorted(set(shapes.subjects(RDF.type, SH.NodeShape)), key=str):
        targets = list(_targets(shapes, ontology, shape))
        for node in (shape, *sorted(shapes.objects(shape, SH.property), key=str)):
            for target in targets:
                found += _Compiler(shapes, ontology, node).checks(target)
    return found


@dataclass(frozen=True, slots=True)
class _Target:
    """The nodes that a shape is about: those that a property leads to or from, of one of some classes, or one node."""

    kind: URIRef
    names: tuple[str, ...]


def _targets(shapes: Graph, ontology: Graph, shape: Node) -> Iterator[_Target]:
    for kind in _TARGETS:
        for named in sorted(shapes.objects(shape, kind), key=str):
            names = _classes(ontology, named) if kind == SH.targetClass else (str(named),)
            yield _Target(kind, names)


def _classes(ontology: Graph, name: Node) -> tuple[str, ...]:
    """A class and all below it."""
    return tuple(sorted({str(each) for each in ontology.transitive_subjects(RDFS.subClassOf, name)}))


@dataclass(slots=True)
class _Compiler:
    """Writes the queries of one shape.

    Attributes:
        shapes: the graph of shapes.
        ontology: the class hierarchy.
        shape: the node of the shape.
        loose: whether all graphs are looked at, which is quicker, and enough for a screen that more data only makes
            find more.
    """

    shapes: Graph
    ontology: Graph
    shape: Node
    loose: bool = False
    _numbers: Iterator[int] = field(default_factory=count)

    def checks(self, target: _Target) -> Iterator[Check]:
        """The checks of the shape on the nodes of a target."""
        path = self._path(self.shape)
        focus = self._focus(target)
        loose = _Compiler(self.shapes, self.ontology, self.shape, loose=True)
        if path is None:
            asked = sorted(self._asked(self.shape, "?focus"))
            if asked:
                where = f"{focus} BIND(?focus AS ?value) FILTER({_bad(asked)})"
                yield self._check(f"{where} {_first_bad(asked)}", "", "", value="?value")
            return
        values = self._along(path, "?focus", "?value")
        asked = sorted(self._asked(self.shape, "?value"))
        if asked:
            bad = f"{values} FILTER({_bad(asked)})"
            # Literals stand in many places: each is looked at once.
            found = loose._along(path, "?focus", "?value")
            screen = f"{{ SELECT ?value (COUNT(*) AS ?times) {{ {found} }} GROUP BY ?value }} FILTER({_bad(asked)})"
            yield self._check(f"{bad} {focus} {_first_bad(asked)}", path.text, "", value="?value", screen=screen)
        for component, where in self._strays(path, values):
            yield self._check(f"{where} {focus}", path.text, component, value="?value", screen=where)
        for component, where in self._few(path):
            yield self._check(f"{focus} MINUS {{ {where} }}", path.text, component)
        for (component, where), (_, screen) in zip(self._many(path), loose._many(path), strict=True):
            yield self._check(f"{where} {focus}", path.text, component, screen=screen)

    def _check(self, where: str, path: str, component: str, value: str = "", screen: str = "") -> Check:
        named = f'BIND("{component}" AS ?component) ' if component else ""
        messages = sorted(" ".join(str(each).split()) for each in self.shapes.objects(self.shape, SH.message))
        severity = self.shapes.value(self.shape, SH.severity, default=SH.Violation)
        query = f"SELECT DISTINCT ?focus {value} ?component WHERE {{ {where} {named}}}"
        screening = f"SELECT * WHERE {{ {screen} }} LIMIT 1" if screen else ""
        return Check(query, screening, path, messages[0] if messages else "", local_name(str(severity)))

    def _focus(self, target: _Target) -> str:
        first = f"<{target.names[0]}>"
        if target.kind == SH.targetClass:
            return self._typed("?focus", target.names)
        if target.kind == SH.targetSubjectsOf:
            return self._triple("?focus", first, self._fresh())
        # What is said nowhere to be anything is no node of the graph.
        known = f"FILTER EXISTS {{ {self._triple('?focus', self._fresh(), self._fresh())} }}"
        if target.kind == SH.targetNode:
            return f"VALUES ?focus {{ {first} }} {known}"
        return f"{self._triple(self._fresh(), first, '?focus')} {known}"

    def _asked(self, shape: Node, term: str) -> Iterator[tuple[str, str]]:
        """Pairs (component, condition) that a value must fulfil."""
        for parameter, wanted in self.shapes.predicate_objects(shape):
            if not isinstance(parameter, URIRef) or not parameter.startswith(str(SH)):
                continue
            write = _CONDITIONS.get(parameter)
            if write is not None:
                name = local_name(parameter)
                yield f"{name[0].upper()}{name[1:]}ConstraintComponent", write(self, shape, wanted, term)
            elif parameter not in _IGNORED | _ELSEWHERE | {*_TARGETS, SH.flags}:
                raise OntologyError(f"The shapes use sh:{local_name(parameter)}, unknown here; use --engine pyshacl")

    def _few(self, path: Path) -> Iterator[tuple[str, str]]:
        """Pairs (component, pattern) that finds the nodes with values enough."""
        for parameter, number, values in self._counted(self.shape, path, (SH.minCount, SH.qualifiedMinCount)):
            if number == 1:
                yield _component(parameter), values
            elif number > 1:
                yield _component(parameter), _having(values, f">= {number}")

    def _many(self, path: Path) -> Iterator[tuple[str, str]]:
        """Pairs (component, pattern) that finds the nodes with too many values."""
        for parameter, number, values in self._counted(self.shape, path, (SH.maxCount, SH.qualifiedMaxCount)):
            yield _component(parameter), _having(values, f"> {number}")

    def _counted(
        self, shape: Node, path: Path, parameters: tuple[URIRef, URIRef], start: str = "?focus", end: str = "?value"
    ) -> Iterator[tuple[URIRef, int, str]]:
        """Triples (parameter, number, pattern) of how many values, or values of a kind, there may be."""
        for parameter, of in zip(parameters, (None, self.shapes.value(shape, SH.qualifiedValueShape)), strict=True):
            wanted = self.shapes.value(shape, parameter)
            if wanted is None:
                continue
            values = self._along(path, start, end)
            for kind in self.shapes.objects(of, SH["class"]) if of is not None else ():
                typed = self._typed(end, _classes(self.ontology, kind))
                values = f"{{ SELECT {start} {end} {{ {values} }} }} {{ SELECT {end} {{ {typed} }} }}"
            if of is not None and set(self.shapes.predicates(of)) != {SH["class"]}:
                values += f" FILTER({self.holds(of, end)})"
            yield parameter, int(str(wanted)), values

    def _strays(self, path: Path, values: str) -> Iterator[tuple[str, str]]:
        """Pairs (component, pattern) that finds values of a wrong class, or that do not go with another property's."""
        for kind in self.shapes.objects(self.shape, SH["class"]):
            typed = self._typed("?value", _classes(self.ontology, kind))
            yield _component(SH["class"]), f"{values} MINUS {{ {typed} }}"
        for wanted in self.shapes.objects(self.shape, SH.hasValue):
            raise OntologyError(f"The shapes ask for the value {wanted} of a node; use --engine pyshacl")
        for other in self.shapes.objects(self.shape, SH.equals):
            others = self._triple("?focus", f"<{other}>", "?value")
            yield _component(SH.equals), f"{values} MINUS {{ {others} }}"
            yield _component(SH.equals), f"{others} MINUS {{ {self._along(path, '?focus', '?value')} }}"
        for other in self.shapes.objects(self.shape, SH.disjoint):
            yield _component(SH.disjoint), f"{values} {self._triple('?focus', f'<{other}>', '?value')}"
        for parameter, sign in ((SH.lessThan, "<"), (SH.lessThanOrEquals, "<=")):
            for other in self.shapes.objects(self.shape, parameter):
                end = self._fresh()
                values, beside = self._joined_along(path), self._joined("?focus", f"<{other}>", end)
                yield _component(parameter), f"{values} {beside} FILTER(!COALESCE(?value {sign} {end}, false))"

    def holds(self, shape: Node, term: str) -> str:
        """The condition that a term conforms to a shape that stands inside another."""
        path = self._path(shape)
        if path is None:
            conditions = [self.typed(term, kind) for kind in self.shapes.objects(shape, SH["class"])]
            conditions += [condition for _, condition in self._asked(shape, term)]
            conditions += [self.holds(each, term) for each in self.shapes.objects(shape, SH.property)]
            return f"({' && '.join(conditions) or 'true'})"
        end = self._fresh()
        conditions = []
        for _, number, values in self._counted(shape, path, (SH.minCount, SH.qualifiedMinCount), term, end):
            conditions += [f"EXISTS {{ {values} }}"] if number == 1 else []
        for _, number, values in self._counted(shape, path, (SH.maxCount, SH.qualifiedMaxCount), term, end):
            again = self._fresh()
            more = f"{self._along(path, term, again)} FILTER(!sameTerm({end}, {again}))" if number else ""
            conditions.append(f"NOT EXISTS {{ {values} {more} }}")
        for value in self.shapes.objects(shape, SH.hasValue):
            conditions.append(f"EXISTS {{ {self._along(path, term, _term(value))} }}")
        for _, condition in self._asked(shape, end):
            conditions.append(f"NOT EXISTS {{ {self._along(path, term, end)} FILTER(!({condition})) }}")
        return f"({' && '.join(conditions) or 'true'})"

    def typed(self, term: str, name: Node) -> str:
        """The condition that a term is of a class."""
        return f"EXISTS {{ {self._typed(term, _classes(self.ontology, name))} }}"

    def _typed(self, term: str, classes: Iterable[str]) -> str:
        named = [f"<{name}>" for name in classes]
        if len(named) == 1:
            return self._triple(term, "a", named[0])
        kind = self._fresh()
        return f"VALUES {kind} {{ {' '.join(named)} }} {self._triple(term, 'a', kind)}"

    def _path(self, shape: Node) -> Path | None:
        node = self.shapes.value(shape, SH.path)
        return None if node is None else path_at(self.shapes, node)

    def _along(self, path: Path, start: str, end: str) -> str:
        return path.pattern(start, end, self._triple if len(path.steps) == 1 else self._joined, self._fresh)

    def _joined_along(self, path: Path) -> str:
        return path.pattern("?focus", "?value", self._joined, self._fresh)

    def _joined(self, subject: str, predicate: str, object_: str) -> str:
        """The pattern of a triple that is matched by itself and then joined, which takes the engine a third."""
        named = " ".join(each for each in (subject, object_) if each.startswith("?"))
        return f"{{ SELECT {named} {{ {self._triple(subject, predicate, object_)} }} }}"

    def _triple(self, subject: str, predicate: str, object_: str) -> str:
        if self.loose:
            return f"{subject} {predicate} {object_} ."
        graph = self._fresh()
        apart = f"FILTER({graph} != <{ONTOLOGY_GRAPH}> && {graph} != <{DERIVED_GRAPH}>)"
        return f"GRAPH {graph} {{ {subject} {predicate} {object_} }} {apart}"

    def _fresh(self) -> str:
        return f"?v{next(self._numbers)}"


def _bad(asked: Sequence[tuple[str, str]]) -> str:
    """That one of the conditions does not hold."""
    return " || ".join(f"!({condition})" for _, condition in asked)


def _first_bad(asked: Sequence[tuple[str, str]]) -> str:
    """The component of the first condition that does not hold."""
    named = f'"{asked[-1][0]}"'
    for component, condition in reversed(asked[:-1]):
        named = f'IF({condition}, {named}, "{component}")'
    return f"BIND({named} AS ?component)"


def _having(values: str, how_many: str) -> str:
    return f"{{ SELECT ?focus {{ {values} }} GROUP BY ?focus HAVING(COUNT(DISTINCT ?value) {how_many}) }}"


def _component(parameter: URIRef) -> str:
    name = local_name(parameter)
    return f"{name[0].upper()}{name[1:]}ConstraintComponent"


def _term(node: Node) -> str:
    return node.n3() if isinstance(node, URIRef | Literal) else ""


def _datatype(_c: _Compiler, _shape: Node, wanted: Node, term: str) -> str:
    same = f"(isLiteral({term}) && datatype({term}) = <{wanted}>)"
    return f"({same} && COALESCE(isLiteral(<{wanted}>({term})), false))" if wanted in _CAST else same


def _pattern(compiler: _Compiler, shape: Node, wanted: Node, term: str) -> str:
    flags = str(compiler.shapes.value(shape, SH.flags) or "")
    written = f"{Literal(str(wanted)).n3()}, {Literal(flags).n3()}" if flags else Literal(str(wanted)).n3()
    return f"(!isBlank({term}) && REGEX(STR({term}), {written}))"


def _length(sign: str) -> Callable[[_Compiler, Node, Node, str], str]:
    return lambda _c, _shape, wanted, term: f"(!isBlank({term}) && STRLEN(STR({term})) {sign} {int(str(wanted))})"


def _compared(sign: str) -> Callable[[_Compiler, Node, Node, str], str]:
    return lambda _c, _shape, wanted, term: f"COALESCE({term} {sign} {_term(wanted)}, false)"


def _in(compiler: _Compiler, _shape: Node, wanted: Node, term: str) -> str:
    listed = [_term(each) for each in Collection(compiler.shapes, wanted)]
    return f"({' || '.join(f'sameTerm({term}, {each})' for each in listed) or 'false'})"


def _or(compiler: _Compiler, _shape: Node, wanted: Node, term: str) -> str:
    return f"({' || '.join(compiler.holds(each, term) for each in Collection(compiler.shapes, wanted))})"


_CONDITIONS: Mapping[URIRef, Callable[[_Compiler, Node, Node, str], str]] = {
    SH.nodeKind: lambda _c, _shape, wanted, term: _KINDS[wanted].format(term),  # type: ignore[index]
    SH.datatype: _datatype,
    SH.minLength: _length(">="),
    SH.maxLength: _length("<="),
    SH.pattern: _pattern,
    SH["in"]: _in,
    SH["or"]: _or,
    **{parameter: _compared(sign) for parameter, sign in _COMPARED.items()},
}
"""By parameter, how the condition on a value is written."""
_ELSEWHERE = frozenset(
    {
        SH["class"],
        SH.minCount,
        SH.maxCount,
        SH.qualifiedValueShape,
        SH.qualifiedMinCount,
        SH.qualifiedMaxCount,
        SH.equals,
        SH.disjoint,
        SH.lessThan,
        SH.lessThanOrEquals,
        SH.hasValue,
    }
)
