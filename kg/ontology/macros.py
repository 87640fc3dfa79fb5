"""The language that wordings are written in, turned into regular expressions.

A wording is a regular expression over a *masked* sentence, lower-cased, in which every name is one character of
Unicode's private use area (see :mod:`kg.extract.mask`). Wordings are written with a few macros:

``{S}`` ``{O}``
    the subject and the object: a name, or several joined by commas, slashes, "and", "or".
``{P}`` ``{C}``
    provider and customer, for the ``supply`` wordings whose relation follows from the provider's role.
``{s}`` ``{o}`` ``{p}`` ``{c}``
    the same, but one name alone.
``{G}``
    two or more names joined, each related to each of the others; for symmetric relations.
``{X}``
    any group of organisations that is no argument.
``{hbm}``
    stacked memory, whether as a word or as a technology's name.
``{T}`` ``{L}``
    a technology, a place, or several joined.
``{gap}`` ``{near}``
    at most 70 or 25 characters without an organisation's name (a pronoun may stand there) and without a clause
    boundary.
``{active}``
    a place where a verb can stand, but no passive participle and no noun.
``<take|outsource>``
    any of these words in any inflection.

A wording that lacks an argument takes it from the context: the nearest organisation before it in the sentence, the
head of its list item or table row, the subject of the sentence before, at last the document's own subject.
"""

import re
from functools import lru_cache

NAMED = "\ue000-\ue6ff"
PRONOUN = "\ue700-\ue7ff"
ORGANISATION = NAMED[0] + "-" + PRONOUN[-1]
TECHNOLOGY = "\ue800-\uebff"
PLACE = "\uec00-\uefff"
BOUNDARY = "\uf8ff"

_COMMA = r"(?:\s?[,/;&+·]\s?)"
_LAST = r"(?:,?\s(?:and|or|and/or|as well as|along with|plus)\s|\s?[/&]\s?)"
_ASIDE = rf"(?:\s?\([^(){ORGANISATION}]{{0,50}}\))?"
_FILLER = rf"(?:(?:the|even|also|possibly|notably|u\.s\.-based|[{PLACE}](?:'s|-based)?) )?"
_VERB = r"(?:'s|(?= (?:has|have|had|is|are|was|were|will|would|can|could|may|might|also|\w+(?:s|ed))\b))"
_NEW_CLAUSE = r"(?!,? (?:has|have|had|is|was|will|would|announced|said|says|plans|expects|makes|offers|uses|spends)\b)"


def _group(letters: str, name: str | None) -> str:
    """One name or several: "A", "A, B and C", "A/B".

    Behind its "and" or "or" a list is closed unless it goes on to a second "and" ("A, B and C, D and E"): in "rivals
    like A or B, C spends more" the third name is no member. A name behind ", and" that a verb follows opens a new
    clause; so does one behind a bare comma ("unlike A, B spends more").
    """
    one = f"{_FILLER}[{letters}]{_ASIDE}"
    more = f"(?:{_COMMA}{one})"
    two = f"(?:,\\s{one}{_VERB})"
    last = f"(?:{_LAST}{one})"
    pair = f"(?:,\\s(?:and|or)\\s{one}{_NEW_CLAUSE}|(?!,){last})"
    body = f"[{letters}]{_ASIDE}(?!{two})(?:{more}+{last}?|{pair})?(?:{more}+{last})?"
    return f"(?P<{name}>(?>{body}))" if name else f"(?>{body})"


def _together(letters: str) -> str:
    """At least two names joined."""
    one = f"{_FILLER}[{letters}]{_ASIDE}"
    return f"(?P<G>(?>[{letters}]{_ASIDE}(?:{_COMMA}{one})*(?:{_LAST}|\\s?[/–-]\\s?){one}))"


_BEFORE_NO_VERB = ("is", "are", "was", "were", "be", "been", "being", "for", "of", "in", "the", "their")
_MACROS = {
    "{S}": _group(ORGANISATION, "S"),
    "{O}": _group(ORGANISATION, "O"),
    "{P}": _group(ORGANISATION, "P"),
    "{C}": _group(ORGANISATION, "C"),
    "{X}": _group(ORGANISATION, None),
    "{G}": _together(ORGANISATION),
    "{s}": f"(?P<S>[{ORGANISATION}])",
    "{o}": f"(?P<O>[{ORGANISATION}])",
    "{p}": f"(?P<P>[{ORGANISATION}])",
    "{c}": f"(?P<C>[{ORGANISATION}])",
    "{hbm}": rf"(?:hbm\S*|[{TECHNOLOGY}])",
    "{T}": _group(TECHNOLOGY, "T"),
    "{L}": _group(PLACE, "L"),
    "{gap}": f"[^{NAMED}{BOUNDARY};]{{0,70}}?",
    "{near}": f"[^{NAMED}{BOUNDARY};]{{0,25}}?",
    "{active}": "".join(rf"(?<!\b{word} )" for word in _BEFORE_NO_VERB),
}
_MACRO = re.compile(r"\{(?:[SOPCXGTLsopc]|gap|near|active|hbm)\}")
_LEMMAS = re.compile(r"<([a-z|-]+)>")


@lru_cache(maxsize=1024)
def inflections(lemma: str) -> str:
    """An expression for every regular inflection of an English word, and irregular ones of a few common verbs."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("e"):
        return f"{lemma[:-1]}(?:e|es|ed|ing)"
    if re.search(r"[^aeiou]y$", lemma):
        return f"{lemma[:-1]}(?:y|ies|ied|ying)"
    if re.search(r"(?:[sxz]|ch|sh)$", lemma):
        return f"{lemma}(?:es|ed|ing)?"
    return (
        f"{lemma}{lemma[-1]}?(?:s|ed|ing)?"
        if re.search(r"[^aeiou][aeiou][bdgmnprtl]$", lemma)
        else f"{lemma}(?:s|ed|ing)?"
    )


_IRREGULAR = {
    "be": "(?:is|are|was|were|be|been|being)",
    "have": "(?:have|has|had|having)",
    "make": "(?:make|makes|made|making)",
    "build": "(?:build|builds|built|building)",
    "buy": "(?:buy|buys|bought|buying)",
    "sell": "(?:sell|sells|sold|selling)",
    "win": "(?:win|wins|won|winning)",
    "lose": "(?:lose|loses|lost|losing)",
    "take": "(?:take|takes|took|taken|taking)",
    "give": "(?:give|gives|gave|given|giving)",
    "get": "(?:get|gets|got|gotten|getting)",
    "hold": "(?:hold|holds|held|holding)",
    "lead": "(?:lead|leads|led|leading)",
    "run": "(?:run|runs|ran|running)",
    "begin": "(?:begin|begins|began|begun|beginning)",
    "bring": "(?:bring|brings|brought|bringing)",
    "choose": "(?:choose|chooses|chose|chosen|choosing)",
    "shrink": "(?:shrink|shrinks|shrank|shrunk|shrinking)",
    "spend": "(?:spend|spends|spent|spending)",
    "go": "(?:go|goes|went|gone|going)",
    "send": "(?:send|sends|sent|sending)",
    "break": "(?:break|breaks|broke|broken|breaking)",
    "sit": "(?:sit|sits|sat|sitting)",
    "tie": "(?:tie|ties|tied|tying)",
}


def _with_names(say: str) -> str:
    r"""The wording with every "\w" standing for a technology's or place's name too: such names are words as well."""
    pieces = []
    in_class = False
    for piece in re.findall(r"\\.|.", say):
        in_class = (in_class or piece == "[") and piece != "]"
        if piece == "\\w":
            pieces.append(rf"\w{TECHNOLOGY}{PLACE}" if in_class else rf"[\w{TECHNOLOGY}{PLACE}]")
        else:
            pieces.append(piece)
    return "".join(pieces)


def expand(say: str) -> str:
    """The regular expression behind a wording."""
    return _MACRO.sub(lambda m: _MACROS[m[0]], _with_inflections(_with_names(say)))


def outline(say: str) -> str:
    """The expression with each macro as one character of any name: it needs the same words, and is read far sooner."""
    return _MACRO.sub(f"[{NAMED}]", _with_inflections(say))


def _with_inflections(say: str) -> str:
    return _LEMMAS.sub(lambda m: "(?:" + "|".join(inflections(w) for w in m[1].split("|")) + ")", say)
