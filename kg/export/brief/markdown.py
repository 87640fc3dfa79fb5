"""A brief as Markdown, with footnotes as most programs read them; the pictures are the page's alone."""

import re
from collections.abc import Iterator

from kg.export.brief.content import Amount, Brief, Disagreement, Item, Note, Said, Sentence, Told
from kg.export.brief.markup import web
from kg.export.brief.words import amount, basis, counted, how, listed, stance
from kg.model import Polarity
from kg.query import visible

# Whatever may begin a mark, a link, an element or a formula; a backslash in front makes it a letter.
_MARKS = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)")
_BEGINNING = re.compile(r"^(?:[#+=-]|\d+[.)])")
_IN_ADDRESS = str.maketrans({"<": "%3C", ">": "%3E", "\\": "%5C"})


def markdown(brief: Brief) -> str:
    """The text; the same brief gives the same bytes."""
    return "\n\n".join(_parts(brief)) + "\n"


def _parts(brief: Brief) -> Iterator[str]:
    yield f"# {_plain(brief.entity.label)}"
    yield _paragraph(", ".join(brief.roles) or brief.entity.kind)
    if brief.aliases:
        yield f"Also, by texts and registry: {_plain('; '.join(brief.aliases))}"
    yield _paragraph(basis(brief))
    for section in brief.sections:
        yield f"## {section.title}"
        yield from map(_sentence, section.sentences)
    if brief.standings:
        yield "## Standing"
        yield from map(_told, brief.standings)
    if brief.disagreements:
        yield "## Contradicted"
        yield from map(_disagreement, brief.disagreements)
    if brief.unknown:
        yield "## Not known"
        yield from map(_told, brief.unknown)
    if brief.amounts:
        yield "## Figures"
        yield "\n".join(["| metric | period | value | |", "|---|---|--:|---|", *map(_row, brief.amounts)])
        if brief.amounts_left_out:
            yield f"{counted(brief.amounts_left_out, 'earlier figure')} left out."
    yield "## Sources"
    yield from map(_note, brief.notes)


def _plain(words: str) -> str:
    """Words on one line that mean themselves within a line."""
    return _MARKS.sub(r"\\\g<0>", visible(words))


def _paragraph(words: str) -> str:
    """Words that mean themselves at the beginning of a line too."""
    return _BEGINNING.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", _plain(words))


def _references(numbers: tuple[int, ...]) -> str:
    return "".join(f"[^{number}]" for number in numbers)


def _sentence(sentence: Sentence) -> str:
    more = [f"{sentence.left_out:,} more"] if sentence.left_out else []
    return f"{_paragraph(sentence.lead)} {listed([*map(_item, sentence.items), *more])}."


def _item(item: Item) -> str:
    detail = f" ({_plain(item.detail)})" if item.detail else ""
    more = f" (+{counted(item.more, 'claim')})" if item.more else ""
    return f"{_plain(item.entity.label)}{detail}{_references(item.notes)}{more}"


def _told(each: Told) -> str:
    return f"{_paragraph(each.words)}{_references(each.notes)}"


def _disagreement(each: Disagreement) -> str:
    sides = [f"{_plain(side.words)}{_references(side.notes)}" for side in each.sides]
    return f"{_paragraph(each.kind)}: {' against '.join(sides)}."


def _row(each: Amount) -> str:
    value = _plain(amount(each.value, each.unit))
    marks = ", ".join(filter(None, (how(each.modality, each.polarity), "replaced" if each.replaced else "")))
    cells = (_plain(each.metric), _plain(each.period), f"{value}{_references(each.notes)}", marks)
    return f"| {' | '.join(cells)} |"


def _note(note: Note) -> str:
    title, link = _plain(note.title or note.document), web(note.url)
    parts = [f"[{title}](<{link.translate(_IN_ADDRESS)}>)" if link else title]
    parts += [_plain(part) for part in (note.document if note.title else "", note.publisher, note.date) if part]
    claims = "; ".join(map(_claim, note.said))
    return f"[^{note.number}]: “{_plain(note.quote)}” {', '.join(parts)}. {claims}"


def _claim(said: Said) -> str:
    return f"`{said.claim}` {stance(said.modality, denied=said.polarity is Polarity.NEGATED)} {said.confidence:.2f}"
