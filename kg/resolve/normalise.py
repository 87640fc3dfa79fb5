"""Names in the forms in which they are compared."""

import re
import unicodedata

_LEGAL = re.compile(
    r"(?:[,\s]+(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|gmbh|ag|se|sa|spa|nv|bv|ab|oy|kk|pte|pvt|"
    r"sdn|bhd|berhad|jsc|holding|holdings|group)\b\.?)+$"
)
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_POSSESSIVE = re.compile(r"['’]s?$")
_NOT_WORD = re.compile(r"[^\w]+")


def full_form(name: str) -> str:
    """A name in lower case, "and" for "&", without punctuation, possessive and leading article; legal forms kept."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    text = _DOTTED.sub(lambda m: m[0].replace(".", ""), text)
    text = _POSSESSIVE.sub("", text.strip())
    return re.sub(r"^the ", "", _NOT_WORD.sub(" ", text).strip())


def short_form(name: str) -> str:
    """The full form without legal forms at its end ("Amkor Technology, Inc." → "amkor technology")."""
    full = full_form(name)
    return _LEGAL.sub("", full).strip() or full
