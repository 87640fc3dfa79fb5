"""What a document says of itself: from its front matter, its first lines, or the keys of its record."""

import re
from collections.abc import Mapping, Sequence

from kg.documents.dates import is_date, parse_date
from kg.model import Block, BlockKind, Metadata

_TITLE_KEYS = ("title", "headline", "name", "heading")
_DATE_KEYS = (
    "published_at", "publishedat", "datepublished", "date_published", "date_publish", "published", "publication_date",
    "publishdate", "pubdate", "pub_date", "date", "created_at", "created", "lastupdated", "last_updated", "updated_at",
    "updated", "datemodified", "lastmod",
)  # fmt: skip
_PUBLISHER_KEYS = ("publisher", "source", "site", "site_name", "sitename", "publication", "outlet", "source_domain")
_URL_KEYS = ("canonical_source", "canonical_url", "canonical", "url", "link", "permalink", "source_url", "source")
_LANGUAGE_KEYS = ("lang", "language", "inlanguage", "locale")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_URL = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`]+", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:(?P<date>(?:date )?published(?: date)?|publication date|date|generated|posted|(?:last )?updated|as of)"
    r"(?: on| at)?|(?P<publisher>source|publisher|publication|outlet)|(?P<url>url|link|original))"
    r"\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_HEAD_BLOCKS = 12
_HEAD_LENGTH = 4_000
_LABEL_LENGTH = 300


def from_keys(values: Mapping[str, str]) -> Metadata:
    """Metadata from keys in lower case; unusable values (no date, no web address) are left out."""
    dates = (parse_date(values[key]) for key in _DATE_KEYS if key in values)
    publishers = (values[key].strip() for key in _PUBLISHER_KEYS if values.get(key, "").strip())
    return Metadata(
        title=next((" ".join(values[key].split()) for key in _TITLE_KEYS if values.get(key, "").strip()), ""),
        date=next((found for found in dates if found), ""),
        publisher=next((name for name in publishers if not is_url(name) and len(name) <= _LABEL_LENGTH), ""),
        url=next((values[key].strip() for key in _URL_KEYS if is_url(values.get(key, "").strip())), ""),
        language=next((_language(values[key]) for key in _LANGUAGE_KEYS if key in values), ""),
    )


def from_blocks(blocks: Sequence[Block]) -> Metadata:
    """Metadata from the lines near the top: the title, ``Published: ...``, ``Source: ...``, a bare date."""
    title = next((block.text for block in blocks if block.kind is BlockKind.TITLE), "")
    found = {"date": "", "publisher": "", "url": ""}
    headings = 0
    for block in blocks[:_HEAD_BLOCKS]:
        headings += block.kind is BlockKind.HEADING
        if block.runs[0][1] > _HEAD_LENGTH or headings > 1:
            break
        labelled = block.kind is BlockKind.PARAGRAPH or (block.kind is BlockKind.ITEM and block.level == 1)
        if labelled and len(block.text) <= _LABEL_LENGTH:
            for key, value in _head_line(block.text).items():
                found[key] = found[key] or value
    return Metadata(title=title, **found)


def merged(first: Metadata, second: Metadata) -> Metadata:
    """What ``first`` says, and ``second`` where ``first`` is silent."""
    return Metadata(
        title=first.title or second.title,
        date=first.date or second.date,
        publisher=first.publisher or second.publisher,
        url=first.url or second.url,
        language=first.language or second.language,
    )


def is_url(text: str) -> bool:
    """Whether ``text`` is an http or https address and nothing else."""
    return _URL.fullmatch(text) is not None


def _head_line(text: str) -> dict[str, str]:
    if is_date(text) and not text.isdigit():
        return {"date": parse_date(text)}
    if is_url(text):
        return {"url": text}
    match = _LABEL.fullmatch(text)
    if not match:
        return {}
    value = match.group("value").strip()
    if match.group("date"):
        return {"date": parse_date(value)}
    url = _URL.search(value)
    found = {"url": url.group()} if url else {}
    if match.group("publisher"):
        found["publisher"] = value[: url.start() if url else None].strip(" ,;:(-–—")
    return found


def _language(value: str) -> str:
    value = value.strip()
    return value.replace("_", "-") if _LANGUAGE.fullmatch(value) else ""
