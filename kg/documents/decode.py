"""From a file's bytes to its characters, or a refusal that says what is wrong with them."""

import codecs
import re
from hashlib import sha256
from pathlib import Path

from kg.documents.base import Source, printable
from kg.errors import DocumentError

_SAMPLE = 65_536
_MAX_CONTROL_SHARE = 0.1
_MAX_LINES = 2_000_000
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAGIC = {b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP archive or office file", b"\x1f\x8b": "a gzip archive"}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def load(path: Path, *, limit: int) -> Source:
    """The file, decoded. Raises DocumentError when it is missing, empty, too large, binary or not UTF-8."""
    name = printable(path.name)
    try:
        if not path.exists():
            raise DocumentError(f"{name} does not exist; check the path {printable(str(path))}")
        if not path.is_file():
            raise DocumentError(f"{name} is not a regular file; give a text, Markdown or JSON file")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise DocumentError(f"{name} cannot be read ({error.strerror}); check its permissions") from error
    if len(data) > limit:
        raise DocumentError(
            f"{name} is larger than {limit:,} bytes; split it, or raise the limit with KG_MAX_DOCUMENT_MB"
        )
    return Source(name, sha256(data).hexdigest(), decode(data, name))


def decode(data: bytes, name: str) -> str:
    """The characters of UTF-8 bytes, with or without a byte order mark. Raises DocumentError."""
    _refuse_binary(data, name)
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
        raise DocumentError(
            f"{name} is not UTF-8 at byte {offset}; save it as UTF-8 (a Windows-1252 file: iconv -f cp1252 -t utf-8)"
        ) from error
    if text.count("\n") > _MAX_LINES:
        raise DocumentError(f"{name} has more than {_MAX_LINES:,} lines; split it")
    if not text or text.isspace():
        raise DocumentError(f"{name} is empty; put text in it or leave it out")
    return text


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, form in _MAGIC.items():
        if data.startswith(magic):
            raise DocumentError(f"{name} is {form}; export its text as .txt or .md first")
    if data.startswith(_UTF16):
        raise DocumentError(f"{name} is UTF-16; save it as UTF-8 (iconv -f utf-16 -t utf-8)")
    sample = data[:_SAMPLE]
    if b"\x00" in data or len(_CONTROL.findall(sample)) > _MAX_CONTROL_SHARE * len(sample):
        raise DocumentError(f"{name} is binary; give a text, Markdown or JSON file")
