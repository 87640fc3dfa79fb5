"""Ticker symbols that stand for an organisation where they are all that a cell, list item or field holds."""

import re
from collections.abc import Iterable

from kg.model import Mention, MentionKind
from kg.ontology import Entry

_SYMBOL = re.compile(r"\$?([A-Z]{2,5}|\d{4,6})(?:\.([A-Z]{1,3})|\s?\(([A-Z]+)\))?")
# The exchange that a symbol's ending means, as quotation services write it ("005930.KS").
_ENDINGS = {
    "KS": {"KRX"},
    "KQ": {"KOSDAQ"},
    "TW": {"TWSE"},
    "TWO": {"TPEX"},
    "T": {"TSE"},
    "HK": {"HKEX"},
    "SS": {"SSE"},
    "SH": {"SSE"},
    "SZ": {"SZSE"},
    "DE": {"XETRA"},
    "PA": {"EPA", "EURONEXT"},
    "AS": {"EURONEXT"},
    "SW": {"SIX"},
    "ST": {"STO"},
    "L": {"LSE"},
    "SI": {"SGX"},
    "KL": {"BURSA"},
    "MI": {"BIT"},
}
_WITHOUT_ENDING = frozenset({"NYSE", "NASDAQ"})


class Tickers:
    """The registry's organisations by their symbols."""

    def __init__(self, organisations: Iterable[Entry]) -> None:
        self._by_symbol: dict[tuple[str, str], Entry] = {}
        for entry in organisations:
            exchange, _, symbol = entry.ticker.partition(":")
            if symbol:
                self._by_symbol[exchange, symbol.lstrip("0")] = entry

    def mention(self, text: str) -> Mention | None:
        """The organisation whose symbol the text is, and nothing else; None where it is none, or could be two."""
        surface = text.strip()
        match = _SYMBOL.fullmatch(surface)
        if match is None:
            return None
        exchanges = _ENDINGS.get(match[2], set()) if match[2] else _WITHOUT_ENDING
        found = {
            entry.key: entry
            for exchange in exchanges
            if (entry := self._by_symbol.get((exchange, match[1].lstrip("0")))) is not None
        }
        if len(found) != 1:
            return None
        (entry,) = found.values()
        start = text.index(surface)
        return Mention(MentionKind.ORGANISATION, surface, entry.label, entry.key, start, start + len(surface))
