"""Every value that flows through the pipeline: frozen, without I/O.

Offsets count characters. A value made from an article's prose carries offsets into the prose;
`Article.stored_span` maps them to the stored text that evidence cites.
"""

from .articles import (
    NOTHING_LENT,
    Article,
    ArticleFile,
    Document,
    Finding,
    Lent,
    Part,
    Prose,
    Publication,
    Sentence,
    Stated,
)
from .events import (
    Dispute,
    Event,
    EventMention,
    Evidence,
    Judgement,
    Reading,
    mention_id,
)
from .language import (
    Actor,
    ActorMention,
    Clock,
    Figure,
    FigureMention,
    Frame,
    Phrase,
    Place,
    PlaceMention,
    Shift,
    Tie,
    TimeExpression,
)

__all__ = [
    "NOTHING_LENT",
    "Actor",
    "ActorMention",
    "Article",
    "ArticleFile",
    "Clock",
    "Dispute",
    "Document",
    "Event",
    "EventMention",
    "Evidence",
    "Figure",
    "FigureMention",
    "Finding",
    "Frame",
    "Judgement",
    "Lent",
    "Part",
    "Phrase",
    "Place",
    "PlaceMention",
    "Prose",
    "Publication",
    "Reading",
    "Sentence",
    "Shift",
    "Stated",
    "Tie",
    "TimeExpression",
    "mention_id",
]
