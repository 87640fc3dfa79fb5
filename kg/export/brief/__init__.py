"""A brief: what is known of one entity, on two pages that may be forwarded, every statement with its quote.

`gather` takes it out of a store as the frozen values of `content`; `page` and `markdown` write it down, `ego` and
`chart` draw its pictures.
"""

from kg.export.brief.content import Brief
from kg.export.brief.gather import brief
from kg.export.brief.markdown import markdown
from kg.export.brief.page import page

__all__ = ["Brief", "brief", "markdown", "page"]
