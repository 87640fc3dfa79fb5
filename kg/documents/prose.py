"""Chooses between Markdown and plain text for a stretch of writing, and reads whole text files."""

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
    if looks_like_markdown(source.text, front.end):
        body = markdown_blocks(source.text, Place(), front.end)
    else:
        body = text_blocks(source.text, Place(titled="title" in front.values), front.end)
    return _reading(source, _with_front(source.text, front, body), front, "text/markdown")


def read_text(source: Source) -> Reading:
    """The one document of a plain text file."""
    return _reading(source, text_blocks(source.text, Place()), FrontMatter(), "text/plain")


def _reading(source: Source, blocks: list[Block], front: FrontMatter, media_type: str) -> Reading:
    if not blocks:
        reason = f"{source.name} holds no running text, only markup; leave it out"
        return Reading(refusals=(Refusal(source.name, reason),))
    metadata = merged(from_keys(front.values), from_blocks(blocks))
    document = Document(source.name, source.sha256, {"": source.text}, tuple(blocks), metadata, media_type)
    return Reading((document,))


def _with_front(field: str, front: FrontMatter, body: list[Block]) -> list[Block]:
    """The texts of the front matter before those of the body; its title unless the body bears the same."""
    builder = Builder(field, Place())
    ahead = []
    for name, span in sorted(front.spans.items(), key=lambda entry: entry[1]):
        if name == "title":
            builder.title(span)
        elif name in _FRONT_TEXTS:
            builder.paragraph([span])
    ahead = builder.blocks
    titles = [block for block in ahead if block.kind is BlockKind.TITLE]
    if not titles:
        return ahead + body
    return (
        [block for block in ahead if block.kind is not BlockKind.TITLE] + body
        if _bears(body, titles[0])
        else (ahead + [_as_heading(block) for block in body])
    )


def _bears(body: list[Block], title: Block) -> bool:
    return any(block.kind is BlockKind.TITLE and _folded(block) == _folded(title) for block in body)


def _as_heading(block: Block) -> Block:
    """A document has one title; another heading of the first level is a heading like any."""
    if block.kind is not BlockKind.TITLE:
        return block
    return Block(BlockKind.HEADING, block.text, block.runs, block.pointer, level=1)


def _folded(block: Block) -> str:
    return "".join(c for c in block.text.casefold() if c.isalnum())
