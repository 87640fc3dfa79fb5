"""Orders: claims that give a quantity for a customer to a provider, and quantities ("80k CoWoS-L wafers") compared."""

import re
from decimal import Decimal

from kg.model import Claim, Modality, Polarity
from kg.ontology import ConflictKind

Amount = tuple[Decimal, str]
"""A number and its unit."""

_FIRM = frozenset({Modality.ASSERTED, Modality.REPORTED, Modality.PLANNED})
_SCALES = {
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "mm": 6, "million": 6, "b": 9, "bn": 9, "billion": 9,
}  # fmt: skip
_QUANTITY = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?!\s?(?:[-–]|to)\s?\d)\s?(?P<scale>thousand|million|billion|mn|mm|bn|[kmb])?\b\+?\s?"
    r"(?:[\w.-]+\s)*?(?P<unit>[a-z]+?)s?(?P<rate>\s?(?:/|per|a|each)\s?month|\s?monthly)?",
    re.IGNORECASE,
)


def amount_of(text: str) -> Amount | None:
    """The number and unit of a quantity; None where it gives no single number with a unit."""
    match = _QUANTITY.fullmatch(text.strip())
    if match is None:
        return None
    scale = _SCALES.get((match["scale"] or "").casefold(), 0)
    unit = match["unit"].casefold()
    number = Decimal(match["number"].replace(",", "").rstrip(".")).scaleb(scale).normalize()
    return number, f"{unit}/month" if match["rate"] else unit


def customer_end(claim: Claim, kind: ConflictKind) -> str:
    """Which end of a claim is the customer, where it gives one whole quantity of something; else empty.

    What is denied, only possible or over allocates nothing, nor does a part ("half of the 80,000 wafers") of a quantity
    whose whole is named.
    """
    quantities = claim.qualifiers.get("quantity", ())
    says_so = claim.polarity is Polarity.AFFIRMED and claim.modality in _FIRM
    if not says_so or len(quantities) != 1 or amount_of(quantities[0]) is None:
        return ""
    if kind.part and kind.part.search(claim.quotes[0].text.partition(quantities[0])[0]):
        return ""
    return kind.customers.get(claim.relation, "")
