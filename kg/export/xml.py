"""Text for XML documents: what they may hold, and how it stands in an attribute."""

import re
from xml.sax.saxutils import quoteattr

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text with U+FFFD in place of each character that no XML document may hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def attributes(**values: str | float | bool) -> str:
    """Attributes of an element, each with a space in front; line breaks and tabs come back as they are."""
    return "".join(f" {name}={quoteattr(xml_value(value))}" for name, value in values.items())


def xml_value(value: str | float | bool) -> str:
    """A value as XML Schema writes it."""
    return str(value).lower() if isinstance(value, bool) else xml_text(str(value))
