"""Chooses between Markdown and plain text for a stretch of writing, and reads whole text files."""

from dataclasses import replace

from kg.documents.base import Reading, Refusal, Source
from kg.documents.builder import Builder, Place
from kg.documents.frontmatter import FrontMatter, read_front_matter
from kg.documents.markdown import markdown_blocks
from kg.documents.metadata import from_blocks, from_keys, merged
from kg.documents.sniff import looks_like_markdown
from kg.documents.text import text_blocks
from kg.model import Block, BlockKind, Document

_FRONT_TEXTS = ("summary", "description", "excerpt", "lead", "subtitle", "abstract")


def prose_blocks(field: str, place: Place) -> list[Block]:
    """The blocks of a text of unknown form, for example the body of an article in a record."""
    return markdown_blocks(field, place) if looks_like_markdown(field) else text_blocks(field, place)


def read_markdown(source: Source) -> Reading:
    """The one document of a Markdown file."""
    front = read_front_matter(source.text)
    parse = markdown_blocks if front.end or looks_like_markdown(source.text) else text_blocks
    ahead = _front_blocks(source.text, front)
    title = next((block.text for block in ahead if block.kind is BlockKind.TITLE), "")
    body = parse(source.text, Place(), front.end)
    own = next((block.text for block in body if block.kind is BlockKind.TITLE), "")
    if title and own and _folded(title) == _folded(own):
        ahead = [block for block in ahead if block.kind is not BlockKind.TITLE]
    elif title and own:
        body = parse(source.text, Place(titled=True), front.end)
    return _reading(source, ahead + body, front, "text/markdown")


def read_text(source: Source) -> Reading:
    """The one document of a plain text file."""
    return _reading(source, text_blocks(source.text, Place()), FrontMatter(), "text/plain")


def _reading(source: Source, blocks: list[Block], front: FrontMatter, media_type: str) -> Reading:
    if not blocks:
        reason = f"{source.name} holds no running text, only markup; leave it out"
        return Reading(refusals=(Refusal(source.name, reason),))
    found = from_blocks(blocks)
    metadata = replace(merged(from_keys(front.values), found), title=found.title or front.values.get("title", ""))
    document = Document(source.name, source.sha256, {"": source.text}, tuple(blocks), metadata, media_type)
    return Reading((document,))


def _front_blocks(field: str, front: FrontMatter) -> list[Block]:
    """The title and the summary of a front matter, in the order in which they stand."""
    builder = Builder(field, Place())
    for name, spans in sorted(front.spans.items(), key=lambda entry: entry[1]):
        if name == "title" and len(spans) == 1:
            builder.title(spans[0])
        elif name in _FRONT_TEXTS:
            builder.paragraph(spans)
    return builder.blocks


def _folded(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
