"""What the keys of a JSON record mean."""

import re
from collections.abc import Iterable

TITLE = frozenset({"title", "headline", "name", "heading"})
BODY = frozenset(
    {
        "article", "articlebody", "body", "bodyhtml", "bodymd", "bodymarkdown", "bodytext", "content", "contenthtml",
        "contentmarkdown", "contenttext", "fulltext", "html", "maintext", "markdown", "rawtext", "selftext", "story",
        "text", "transcript",
    }
)  # fmt: skip
LEAD = frozenset(
    {
        "abstract", "dek", "description", "excerpt", "lead", "lede", "snippet", "standfirst", "subheadline",
        "subtitle", "summary", "teaser", "tldr",
    }
)  # fmt: skip
COMPANY = (
    "companyname",
    "company",
    "organisation",
    "organization",
    "firm",
    "vendor",
    "manufacturer",
    "label",
    "symbol",
    "ticker",
)
"""Keys whose text names the record where it has no title, the likeliest first."""
ROW_NAMES = TITLE | {*COMPANY, "customer", "competitor", "partner", "supplier"}
LINK_ENDS = (
    frozenset({"source", "sourcename", "from", "subject", "supplier", "head"}),
    frozenset({"target", "targetname", "to", "object", "customer", "tail"}),
)
"""Keys of the two ends of a link between two things; a record that has both is a link."""
ARTICLES = frozenset({"articles", "documents", "news", "posts", "stories"})
WRAPPERS = ARTICLES | {"data", "docs", "entries", "graph", "hits", "items", "records", "results"}
IGNORED = frozenset(
    {
        "alternates", "author", "authors", "byline", "canonical", "canonicalsource", "canonicalurl", "category",
        "categories", "checksum", "created", "createdat", "date", "datecreated", "datemodified", "datepublish",
        "datepublished", "domain", "email", "entities", "format", "guid", "hash", "hashtags", "href", "icon", "id",
        "image", "images", "imageurl", "inlanguage", "isin", "keywords", "lang", "language", "lastmod", "lastupdated",
        "link", "links", "locale", "media", "mediatype", "modified", "outlet", "path", "permalink", "pubdate",
        "publication", "publicationdate", "published", "publishedat", "publisher", "sha256", "site", "sitename", "slug",
        "slugs", "source", "sourcedomain", "sources", "sourceurl", "tag", "tags", "thumbnail", "timestamp", "timezone",
        "topics", "type", "updated", "updatedat", "uri", "url", "urls", "uuid", "version",
    }
)  # fmt: skip
_IGNORED_ENDINGS = ("_id", "Id", "_at", "At", "_url", "Url", "URL", "Slug", "Slugs", "_slug", "_slugs", "_date", "Date")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+")


def folded(key: str) -> str:
    """The key in lower case without separators: ``articleBody`` and ``article_body`` are one."""
    return "".join(c for c in key.casefold() if c.isalnum())


def is_ignored(key: str) -> bool:
    """Whether the key holds a name, address, date or label of the record rather than writing."""
    return key.startswith(("@", "$", "_")) or folded(key) in IGNORED or key.endswith(_IGNORED_ENDINGS)


def is_link(keys: Iterable[str]) -> bool:
    """Whether an object with these keys tells of a link between two things (``{"source": ..., "target": ...}``)."""
    names = {folded(key) for key in keys}
    return all(names & ends for ends in LINK_ENDS)


def humanised(key: str) -> str:
    """The key as words: ``keySuppliers`` and ``key_suppliers`` give ``key suppliers``."""
    words = _WORD.findall(key)
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words) or key


def escaped(key: str) -> str:
    """The key as a step of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")
