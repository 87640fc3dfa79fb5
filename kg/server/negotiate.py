"""Content negotiation: which of the forms that an answer may have a client likes best."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.server.refusal import Refusal

_QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")
_LONGEST_ACCEPT = 4000


@dataclass(frozen=True, slots=True)
class Form:
    """A form that an answer may have.

    Attributes:
        name: a short name, for ``?format=``.
        media: its media type.
        also: further media types by which it may be asked for.
        charset: whether the media type is told with the charset.
    """

    name: str
    media: str
    also: tuple[str, ...] = ()
    charset: bool = False

    @property
    def content_type(self) -> str:
        """The value of its Content-Type header."""
        return f"{self.media}; charset=utf-8" if self.charset else self.media


@dataclass(frozen=True, slots=True)
class Range:
    """One element of an Accept header: a media type, ``type/*`` or ``*/*``, with its quality from 0 to 1."""

    media: str
    quality: float

    @property
    def precision(self) -> int:
        """How closely it names a media type: the higher, the closer."""
        return 0 if self.media == "*/*" else 1 if self.media.endswith("/*") else 2

    def takes(self, media: str) -> bool:
        """Whether a media type is in it."""
        return self.media in {"*/*", media} or (
            self.media.endswith("/*") and media.partition("/")[0] == self.media.partition("/")[0]
        )


def parse_accept(accept: str) -> list[Range]:
    """The elements of an Accept header; those that are malformed are left out, and no header takes anything."""
    ranges = []
    for element in accept[:_LONGEST_ACCEPT].split(","):
        media, *parameters = (part.strip().casefold() for part in element.split(";"))
        if media == "*":
            media = "*/*"
        if "/" not in media:
            continue
        values = [value for name, _, value in (each.partition("=") for each in parameters) if name.strip() == "q"]
        text = values[0].strip() if values else "1"
        if _QUALITY.fullmatch(text):
            ranges.append(Range(media, float(text)))
    return ranges or ([Range("*/*", 1.0)] if not accept.strip() else [])


def choose(accept: str, forms: Sequence[Form], wanted: str = "") -> Form:
    """The form that fits best; the order of ``forms`` decides between equals.

    Args:
        accept: the Accept header; empty where there is none.
        forms: what there is.
        wanted: the short name of a form that was asked for by ``?format=``; it wins where there is such a form.

    Raises:
        Refusal: the client takes none of them.
    """
    for form in forms:
        if wanted and wanted.casefold() in {form.name, form.media}:
            return form
    ranges = parse_accept(accept)
    best, best_quality = None, 0.0
    for form in forms:
        # The further names count only where they are named: every form would be some "text/*" otherwise.
        quality = max(_quality(form.media, ranges), *(each.quality for each in ranges if each.media in form.also), 0.0)
        if quality > best_quality:
            best, best_quality = form, quality
    if best is None:
        raise Refusal(406, f"None of what you accept can be had; this can be:\n{_listed(forms)}", {"Vary": "Accept"})
    return best


def _quality(media: str, ranges: Iterable[Range]) -> float:
    """The quality of the closest range that takes the media type; 0 where none does."""
    fits = [each for each in ranges if each.takes(media)]
    return max(fits, key=lambda each: (each.precision, each.quality)).quality if fits else 0.0


def _listed(forms: Iterable[Form]) -> str:
    return "".join(f"{form.media}\n" for form in forms)
