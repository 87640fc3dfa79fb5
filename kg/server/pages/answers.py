"""The answers of :mod:`kg.analytics` as pages: a form made from an operation's parameters, and its JSON value told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from kg.analytics import as_json
from kg.analytics.telling import UNWRAPPED
from kg.errors import KgError, UnknownEntityError
from kg.query import readable
from kg.server.api import OPERATIONS, Field, Operation, parse
from kg.server.api.answers.limits import LIMITS
from kg.server.html import page, script
from kg.server.pages.lines import Line, page_lines
from kg.server.pages.told import told
from kg.server.refusal import Refusal
from kg.server.reply import Reply
from kg.server.session import Session

_TITLES = {
    "path": ("How are two connected?", "Connections"),
    "chokepoints": ("What does much depend on?", "Chokepoints"),
    "impact": ("What if one fails?", "Impact"),
    "conflicts": ("Where do sources disagree?", "Disagreements"),
    "timeline": ("What was said when?", "Timeline"),
    "compare": ("How do they compare?", "Compare"),
    "unknowns": ("What is not known?", "Unknowns"),
    "brief": ("What is known about one?", "Brief"),
    "exposure": ("How exposed is one?", "Exposure"),
    "diff": ("What has changed?", "Changes"),
}
# Names of parameters that are names of entities.
_ENTITIES = frozenset(
    {"from", "to", "entity", "entities", "subject", "object", "organisation", "what", "first", "second"}
)
_USUAL = frozenset({each.name for each in LIMITS} | {"relations", "max", "limit", "offset"})


@dataclass(frozen=True, slots=True)
class Offered:
    """An answer that has a page: its operation, what it asks, and a short name."""

    operation: Operation
    title: str
    short: str


def offered() -> list[Offered]:
    """The answers that the JSON interface has, in the order in which people may want them."""
    return [Offered(OPERATIONS[name], *words) for name, words in _TITLES.items() if name in OPERATIONS]


def about_one() -> list[tuple[str, dict[str, str]]]:
    """Pairs (name, its only needed field and short name) of the answers that are about one entity."""
    found = []
    for each in offered():
        needed = [field for field in each.operation.fields if field.required]
        asked = needed or [field for field in each.operation.fields if field.name in _ENTITIES]
        if len(asked) == 1 and asked[0].name in _ENTITIES:
            found.append((each.operation.name, {"field": asked[0].name, "short": each.short}))
    return found


def answers_page(session: Session, arguments: Mapping[str, Any]) -> Reply:  # noqa: ARG001 - every job takes both
    """The list of answers."""
    rows = [{"name": each.operation.name, "title": each.title, "about": each.operation.about} for each in offered()]
    return page("answers", base=arguments["base"], here="/answers", offered=rows)


def answer_page(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """One answer: its form, and the answer where all that it needs is given.

    Args:
        session: the open store.
        arguments: ``name``; ``given``, pairs of a parameter and its text; ``base``; ``api``.

    Raises:
        Refusal: there is no such answer.
    """
    found = next((each for each in offered() if each.operation.name == arguments["name"]), None)
    if found is None:
        raise Refusal(404, f"There is no answer {arguments['name']!r}; /answers lists them")
    operation = found.operation
    given = [(name, text) for name, text in arguments["given"] if text.strip()]
    answer, error, status = None, "", 200
    if _is_asked(operation, dict(given)):
        try:
            answer = operation.read(session, parse(operation.fields, given))
        except (Refusal, KgError) as refused:
            status = refused.status if isinstance(refused, Refusal) else 404 if _is_unknown(refused) else 400
            if status >= 500:
                raise
            error = readable(str(refused))
    main = [each for each in operation.fields if each.name not in _USUAL]
    return page(
        "answer",
        status=status,
        code=script("ask"),
        base=arguments["base"],
        here="/answers",
        name=operation.name,
        title=found.title,
        about=operation.about,
        main_fields=[_field(each) for each in main],
        more_fields=[_field(each) for each in operation.fields if each not in main],
        limited=any(name in _USUAL for name, _ in given),
        given=dict(given),
        lines=[]
        if answer is None or operation.tell is None
        else page_lines(session, operation.tell(answer, UNWRAPPED)),
        told=None if answer is None else told(as_json(answer)),
        error=error,
        address=f"{arguments['base']}{arguments['api']}{operation.path}?{urlencode(given)}",
    )


def _lines(session: Session, operation: Operation, answer: object) -> list[Line]:
    if answer is None or operation.tell is None:
        return []
    return page_lines(session, operation.tell(answer, UNWRAPPED))


def _is_unknown(error: Exception) -> bool:
    return isinstance(error, UnknownEntityError)


def _is_asked(operation: Operation, given: Mapping[str, str]) -> bool:
    """Whether all that it needs is given; one that needs nothing answers at once."""
    needed = [each.name for each in operation.fields if each.required]
    return all(name in given for name in needed)


def _field(field: Field) -> dict[str, Any]:
    choices: Sequence[str] = field.choices
    return {
        "name": field.name,
        "about": field.about,
        "hint": "" if field.default is None else str(field.default),
        "required": field.required,
        "choices": choices,
        "many": field.many,
        "entity": field.name in _ENTITIES,
        "number": field.kind in {"integer", "number"},
    }
