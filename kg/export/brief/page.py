"""A brief as one HTML file: no script, nothing from elsewhere, two pages when it is printed."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.resources import files

from kg.export.brief.chart import chart
from kg.export.brief.content import Amount, Brief, Disagreement, Ego, Item, Note, Said, Section, Sentence, Told
from kg.export.brief.ego import mark, picture, sample
from kg.export.brief.markup import Html, class_of, joined, name, tag, text, web
from kg.export.brief.words import amount, basis, counted, how, stance
from kg.export.viewer.appearance import Look, relation_look, role_look
from kg.model import Polarity

_MOST_ALIASES = 16


def page(brief: Brief) -> str:
    """The page; the same brief gives the same bytes."""
    style = _style(brief.ego)
    policy = f"default-src 'none'; style-src 'sha256-{_hash(style)}'; base-uri 'none'; form-action 'none'"
    title = f"{brief.entity.label}: a brief"
    head = "\n".join(
        (
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            tag("title", text(title)),
            f"<style>{style}</style>",
        )
    )
    body = "\n".join([_header(brief), tag("main", *_main(brief), _notes(brief.notes))])
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def _hash(style: str) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()


def _style(ego: Ego) -> str:
    """The style sheet with the colours of the roles and relations that the picture shows."""
    fixed = (files("kg.export.brief") / "page.css").read_text(encoding="utf-8")
    symmetric = {line.relation: line.symmetric for line in ego.lines}
    looks = [(class_of("role", role), "fill", role_look(role)) for role in sorted({node.role for node in ego.nodes})]
    for number, relation in enumerate(sorted(symmetric)):
        look = relation_look(relation, number, symmetric=symmetric[relation])
        looks += [(f"line.{class_of('rel', relation)}", "stroke", look)]
        looks += [(f"head.{class_of('rel', relation)}", "fill", look)]
    light = "\n".join(_rule(*each, dark=False) for each in looks)
    dark = "\n".join(_rule(*each, dark=True) for each in looks)
    return f"{fixed}{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n"


def _rule(selector: str, what: str, look: Look, *, dark: bool) -> str:
    return f".{selector} {{ {what}: {look.dark if dark else look.light}; }}"


def _header(brief: Brief) -> Html:
    also = (
        [
            tag(
                "p",
                text("Also, by texts and registry: "),
                joined(map(name, brief.aliases[:_MOST_ALIASES]), "; "),
                class_="also",
            )
        ]
        if brief.aliases
        else []
    )
    return tag(
        "header",
        tag("h1", name(brief.entity.label)),
        tag("p", text(", ".join(brief.roles) or brief.entity.kind), class_="about"),
        *also,
        tag("p", text(basis(brief)), class_="basis"),
    )


def _main(brief: Brief) -> Iterator[Html]:
    if brief.ego.lines:
        yield tag("figure", picture(brief.ego), _legend(brief.ego))
    yield tag("div", *_text(brief), class_="told")
    if brief.amounts:
        drawn = chart(brief.amounts)
        figure = [] if drawn is None else [tag("figure", drawn, tag("figcaption", text(_DRAWN)))]
        beside = tag("div", *figure, _table(brief.amounts, brief.amounts_left_out), class_="beside")
        yield tag("section", tag("h2", text("Figures")), beside)


def _text(brief: Brief) -> Iterator[Html]:
    yield from map(_section, brief.sections)
    if brief.standings:
        yield tag("section", tag("h2", text("Standing")), *map(_told, brief.standings))
    if brief.disagreements:
        yield tag("section", tag("h2", text("Contradicted")), *map(_disagreement, brief.disagreements))
    if brief.unknown:
        yield tag("section", tag("h2", text("Not known")), *map(_told, brief.unknown))


_DRAWN = "Filled: stated. Pale: planned, reported or possible. Dashed outline: replaced by a later figure."


def _legend(ego: Ego) -> Html:
    relations = {line.relation: line.reads for line in ego.lines}
    roles = {node.role: node.reads for node in ego.nodes}
    items = [tag("li", sample(relation), text(f" {reads}")) for relation, reads in relations.items()]
    items += [tag("li", mark(role), text(f" {reads}")) for role, reads in sorted(roles.items())]
    words = "Dashed: planned, reported, possible or past; dotted: denied."
    if ego.left_out:
        words += f" {counted(ego.left_out, 'neighbour', 'neighbours')} left out for want of room."
    return tag("figcaption", tag("ul", *items, class_="legend"), text(words))


def _section(section: Section) -> Html:
    return tag("section", tag("h2", text(section.title)), *map(_sentence, section.sentences))


def _sentence(sentence: Sentence) -> Html:
    items = [_item(item) for item in sentence.items]
    if sentence.left_out:
        items.append(tag("span", text(f"{sentence.left_out:,} more"), class_="more"))
    return tag("p", text(f"{sentence.lead} "), _listed(items), text("."))


def _listed(items: Sequence[Html]) -> Html:
    """Items as a list in a sentence."""
    return joined([joined(items[:-1], ", "), *items[-1:]] if len(items) > 1 else items, " and ")


def _item(item: Item) -> Html:
    detail = [text(" "), tag("span", text("("), name(item.detail), text(")"), class_="detail")] if item.detail else []
    more = [tag("span", text(f" (+{counted(item.more, 'claim')})"), class_="more")] if item.more else []
    return joined([name(item.entity.label), *detail, _references(item.notes), *more])


def _references(numbers: Sequence[int]) -> Html:
    if not numbers:
        return Html("")
    links = [tag("a", text(str(number)), href=f"#note-{number}") for number in numbers]
    return tag("sup", joined(links, " "))


def _told(each: Told) -> Html:
    return tag("p", text(each.words), _references(each.notes))


def _disagreement(each: Disagreement) -> Html:
    sides = [joined([text(side.words), _references(side.notes)]) for side in each.sides]
    return tag("p", tag("em", text(f"{each.kind}: ")), joined(sides, " against "), text("."))


def _table(amounts: Sequence[Amount], left_out: int) -> Html:
    head = tag(
        "thead", tag("tr", *(tag("th", text(words), scope="col") for words in ("metric", "period", "value", "said as")))
    )
    caption = [tag("caption", text(f"{counted(left_out, 'earlier figure')} left out"))] if left_out else []
    return tag("table", *caption, head, tag("tbody", *map(_row, amounts)))


def _row(each: Amount) -> Html:
    value = text(amount(each.value, each.unit))
    marks = [how(each.modality, each.polarity), "replaced" if each.replaced else ""]
    return tag(
        "tr",
        tag("td", text(each.metric)),
        tag("td", name(each.period)),
        tag("td", tag("s", value) if each.replaced else value, _references(each.notes), class_="number"),
        tag("td", text(", ".join(filter(None, marks))), class_="detail"),
    )


def _notes(notes: Sequence[Note]) -> Html:
    return tag("section", tag("h2", text("Sources")), tag("ol", *map(_note, notes)), class_="notes")


def _note(note: Note) -> Html:
    link = web(note.url)
    title = name(note.title or note.document)
    parts = [tag("a", title, href=link, rel="noopener noreferrer nofollow") if link else title]
    parts += [name(part) for part in (note.document if note.title else "", note.publisher, note.date) if part]
    claims = joined([_claim(said) for said in note.said], "; ")
    return tag(
        "li",
        tag("q", tag("bdi", text(note.quote))),
        text(" "),
        tag("span", joined(parts, ", "), text(". "), claims, class_="origin"),
        id=f"note-{note.number}",
    )


def _claim(said: Said) -> Html:
    words = f"{stance(said.modality, denied=said.polarity is Polarity.NEGATED)} {said.confidence:.2f}"
    return joined([tag("span", text(said.claim), class_="claims"), text(f" {words}")])
