"""Pictures for the tests of the viewer: an ordinary one, a crowd, and one whose every text is hostile."""

from dataclasses import replace
from random import Random

from kg.export.viewer.picture import (
    ClaimRow,
    ConflictRow,
    DocumentRow,
    EntityRow,
    ObservationRow,
    Picture,
    QuoteRow,
    RelationRow,
    RoleRow,
)
from kg.model import MentionKind, Modality, Polarity

RELATIONS = (
    RelationRow("outsourcesTo", "outsources to", "provides service to"),
    RelationRow("suppliesToolTo", "supplies tools to", "uses tools from"),
    RelationRow("competesWith", "competes with", "competes with", symmetric=True),
    RelationRow("offersTechnology", "offers technology", "technology offered by"),
    RelationRow("hasSiteIn", "has a site in", "is site of"),
)
ROLES = (
    RoleRow("OSAT", "OSAT"),
    RoleRow("Foundry", "Foundry"),
    RoleRow("FablessDesigner", "Fabless designer"),
    RoleRow("ToolMaker", "Tool maker"),
)
ENTITIES = (
    EntityRow("entity/nvidia", "NVIDIA", aliases=("NVDA",), roles=("FablessDesigner",)),
    EntityRow("entity/amd", "AMD", aliases=("Advanced Micro Devices",), roles=("FablessDesigner",)),
    EntityRow("entity/tsmc", "TSMC", aliases=("Taiwan Semiconductor",), roles=("Foundry",)),
    EntityRow("entity/amkor", "Amkor Technology", aliases=("Amkor", "AMKR"), roles=("OSAT",)),
    EntityRow("entity/ase", "ASE", roles=("OSAT",)),
    EntityRow("entity/besi", "BESI", aliases=("BE Semiconductor",), roles=("ToolMaker",)),
    EntityRow("entity/orbit", "Orbit Bonders", known=False),
    EntityRow("technology/cowos", "CoWoS", MentionKind.TECHNOLOGY),
    EntityRow("place/incheon", "Incheon", MentionKind.PLACE),
)
DOCUMENTS = (
    DocumentRow(
        "document/1", "Who packages what", "Bond Pad Weekly", "2026-05-02", "https://example.com/a?b=1&c=2", "a.md"
    ),
    DocumentRow("document/2", "", "", "", "javascript:alert(1)", "notes.txt"),
)


def _claim(
    number: int, subject: str, relation: str, other: str, words: str, document: int = 1, **more: object
) -> ClaimRow:
    name = f"document/{document}"
    row = ClaimRow(
        f"claim/{number}", subject, relation, other, name, (QuoteRow(words, name),), reasons=("subject from the title",)
    )
    return replace(row, **more)  # type: ignore[arg-type]


CLAIMS = (
    _claim(1, "entity/nvidia", "outsourcesTo", "entity/amkor", "Amkor bonds the large modules of NVIDIA."),
    _claim(2, "entity/nvidia", "outsourcesTo", "entity/amkor", "NVDA is a customer of Amkor.", 2, confidence=0.6),
    _claim(
        3, "entity/amd", "outsourcesTo", "entity/ase", "AMD will move a second line to ASE.", modality=Modality.PLANNED
    ),
    _claim(4, "entity/tsmc", "outsourcesTo", "entity/ase", "TSMC hands nothing to ASE.", polarity=Polarity.NEGATED),
    _claim(
        5,
        "entity/tsmc",
        "outsourcesTo",
        "entity/ase",
        "TSMC sends overflow lots to ASE.",
        2,
        modality=Modality.REPORTED,
    ),
    _claim(6, "entity/amkor", "competesWith", "entity/ase", "Amkor and ASE fight for the same lots."),
    _claim(
        7,
        "entity/besi",
        "suppliesToolTo",
        "entity/amkor",
        "BESI has bonders running at Amkor.",
        qualifiers={"product": ("hybrid bonder",)},
    ),
    _claim(8, "entity/nvidia", "outsourcesTo", "entity/tsmc", "TSMC builds the dies of NVIDIA."),
    _claim(9, "entity/tsmc", "offersTechnology", "technology/cowos", "TSMC owns CoWoS."),
    _claim(10, "entity/amkor", "hasSiteIn", "place/incheon", "Amkor tests in Incheon."),
    _claim(
        11, "entity/besi", "competesWith", "entity/orbit", "BESI may meet Orbit Bonders.", modality=Modality.POSSIBLE
    ),
)
OBSERVATIONS = (
    ObservationRow(
        "observation/1",
        "entity/amkor",
        "revenue",
        6.5e9,
        "USD",
        "document/1",
        (QuoteRow("Amkor sold for $6.5 billion.", "document/1"),),
        "2025",
    ),
    ObservationRow(
        "observation/2",
        "entity/amkor",
        "revenue",
        7e9,
        "USD",
        "document/2",
        (QuoteRow("Amkor's 2025: $7 billion.", "document/2"),),
        "2025",
    ),
)
SAMPLE = Picture(
    entities=ENTITIES,
    claims=CLAIMS,
    observations=OBSERVATIONS,
    documents=DOCUMENTS,
    relations=RELATIONS,
    roles=ROLES,
    conflicts=(
        ConflictRow("conflict/1", "polarity", ("claim/4", "claim/5")),
        ConflictRow("conflict/2", "value", ("observation/1", "observation/2")),
    ),
)


def crowd() -> Picture:
    """400 organisations in eight groups of which few relations lead out; the names of two groups are hostile."""
    random = Random(4)
    number = range(400)
    labels = [f"Company {each}" for each in number]
    labels[0], labels[1] = "<img src=x onerror='window.__pwned=9'>", "</script><b>\u202egroup"
    pairs = [(each, each % 8 + 8 * int(50 * random.random() ** 2)) for each in number for _ in range(3)]
    pairs += [(each, random.randrange(400)) for each in range(0, 400, 9)]
    return Picture(
        entities=tuple(EntityRow(f"entity/{each}", labels[each], roles=(ROLES[each % 4].name,)) for each in number),
        claims=tuple(
            _claim(
                1000 + place, f"entity/{a}", RELATIONS[place % 3].name, f"entity/{b}", f"{labels[a]} and {labels[b]}."
            )
            for place, (a, b) in enumerate(pairs)
            if a != b
        ),
        documents=DOCUMENTS,
        relations=RELATIONS,
        roles=ROLES,
    )


HOSTILE_TEXTS = (
    "</script><script>window.__pwned=1;alert(1)</script>",
    "<img src=x onerror='window.__pwned=2;alert(2)'>",
    '"><svg onload="window.__pwned=3">',
    "{{script}}{{data}}<!--<script>",
    "\u202egnp.exe\u202c\u200b\u2028\u2029",
    "__proto__",
    "javascript:window.__pwned=4",
    "(((([[[[.*+?^$|\\",
    "\ud800 half a character",
    "שלום العربية 封装 " + "long" * 400,
    "&lt;b&gt; &amp; `${window.__pwned=5}`",
    "",
)


def hostile() -> Picture:
    """Every hostile text in every place that a document, a name or a file of the ontology could fill."""
    texts = HOSTILE_TEXTS
    entities = tuple(
        EntityRow(f"entity/{text}", text, aliases=(text, texts[0]), roles=(text,), known=False) for text in texts
    )
    claims = tuple(
        ClaimRow(
            f"claim/{number}{text}",
            entities[number].id,
            texts[number % 4],
            entities[(number + 1) % len(texts)].id,
            f"document/{text}",
            (
                QuoteRow(
                    f"{text} meets {texts[(number + 1) % len(texts)]}", f"document/{text}", pointer=text, cell=text
                ),
            ),
            polarity=Polarity.NEGATED if number % 3 == 0 else Polarity.AFFIRMED,
            reasons=(text,),
            qualifiers={text: (text, texts[1])},
        )
        for number, text in enumerate(texts)
    )
    return Picture(
        entities=entities,
        claims=claims,
        observations=tuple(
            ObservationRow(
                f"observation/{text}",
                entities[0].id,
                text,
                1.0,
                text,
                f"document/{text}",
                (QuoteRow(text, f"document/{text}"),),
                text,
            )
            for text in texts
        ),
        documents=tuple(DocumentRow(f"document/{text}", text, text, text, text, text) for text in texts),
        relations=(RelationRow(texts[0], texts[0], texts[1]),),
        roles=(RoleRow(texts[1], texts[1]),),
        conflicts=(
            ConflictRow("conflict/3", "polarity", (claims[0].id, claims[1].id)),
            ConflictRow("conflict/4", texts[0], (texts[0], "nothing")),
        ),
    )
