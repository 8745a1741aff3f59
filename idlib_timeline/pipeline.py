"""From files to a chronology, one line per stage: the page to read first.

files -> parts -> read -> publish -> times, names, figures -> syntax -> events -> [store] -> derive (merge) -> [store]
"""

import datetime as dt
import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from . import events, figures, names, publish, syntax, times
from .derive import derive, fingerprint
from .errors import TimelineError, UnreadableArticle
from .interval import UNKNOWN, DateInterval, day, parse_edtf
from .model import (
    NOTHING_LENT,
    ActorMention,
    Article,
    ArticleFile,
    Frame,
    Lent,
    Part,
    PlaceMention,
    Publication,
    Reading,
    TimeExpression,
)
from .publish import Context, ContextRow
from .read import Fault, digest, discover, name_apart, parts, read
from .serial import Record
from .store import Store

if TYPE_CHECKING:
    from concurrent.futures import Future

_PRINTED_LATER = dt.timedelta(days=3)  # a paper prints yesterday's dispatch, a weekly the day before's; not last week's
_INFERRED = frozenset(("text", "corpus"))
_LOOSE = 31  # days
_FEW = 8  # articles; below that a second process costs more than it saves (it loads the parser again)
_CHUNK = 4  # articles a process takes at a time
_ROUNDS = 20  # of dating articles by others; each dates some, and a corpus is not deeper
_AHEAD = 4  # chunks that wait for each process: more would hold the articles in memory, fewer let it idle

Progress = Callable[[int, int], None]
Fields = tuple[tuple[str, str], ...]  # our name, the record's key


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: articles read, unchanged, gone, skipped (file, why), and what the store holds now.

    `faults` says what of analysts' judgements cannot be followed any more.
    """

    read: int
    unchanged: int
    gone: int
    skipped: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    articles: int
    undated: int
    events: int
    background: int
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What a user says of all articles: a date for those without one, and how records name their fields."""

    published: DateInterval = UNKNOWN
    fields: Fields = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """An article to read: its bytes, its context row, what its neighbours lend it; `number` counts files from 1."""

    file: ArticleFile
    part: Part
    row: ContextRow | None
    options: Options
    lent: Lent
    number: int = 0


@dataclass(slots=True)
class _Progress:
    """What a build has met so far."""

    present: set[str] = field(default_factory=set)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    read: int = 0
    unchanged: int = 0


def build(
    paths: Sequence[str],
    store: Store,
    *,
    context: str | None = None,
    published: DateInterval = UNKNOWN,
    fields: Fields = (),
    jobs: int = 1,
    progress: Progress | None = None,
) -> Summary:
    """Read the articles that `paths` name into the store and derive its events anew, in one transaction.

    `fields` maps our names to the keys of records. Raises InputError for paths and context files that cannot be used;
    one unreadable article is skipped and told.
    """
    files = discover(paths)
    found = publish.find_context(files, Path(context) if context else None)
    options = Options(published, fields)
    with store.transaction():
        met = _Progress()
        for task, answer in _answers(_tasks(files, found, options, store, met), jobs):
            _keep(task, answer, store, met)
            if progress:
                progress(task.number, len(files))
        gone = _forget(files, met.present, store)
        store.reroot(_roots(files, store))
        store.relabel(_labels(store))
        if met.read or gone:
            _lend(files, found, options, store, jobs)
        store.voice(publish.voices(store.prints()))
        derive(store)
        shown, background = store.counts()
        undated = sum(1 for source in store.sources() if source["published"] is None)
        return Summary(
            read=met.read,
            unchanged=met.unchanged,
            gone=gone,
            skipped=tuple(sorted(met.skipped)),
            warnings=found.warnings,
            articles=len(store.known()),
            undated=undated,
            events=shown,
            background=background,
            faults=tuple(
                f"judgement {row['number']}, {row['verb']} of {row['event']}: {row['fault']}"
                for row in store.judgements()
                if row["fault"]
            ),
        )


def read_one(article: Article, found: Publication) -> Reading:
    """Every stage over one article."""
    text = article.prose.text
    spans = [(sentence.start, sentence.end) for sentence in article.sentences]
    # A day inferred loosely dates the article, and nothing that is counted from it.
    publication = (
        replace(found, date=UNKNOWN) if found.method in _INFERRED and (found.date.days or 0) > _LOOSE else found
    )
    style = "news" if publication.date.known else "auto"
    found_times = times.find_within(text, written(article, publication), style=style, sentences=spans, turned=True)
    actors, places = names.find(text, spans, publication.date)
    told = figures.find(text, spans)
    frames = _frames(article, found_times)
    findings = events.Findings(found_times, actors, places, told, frames)
    mentions = events.extract(article, publication, findings)
    return Reading(article, found, mentions, _seen(actors), _seen(places), publish.sentence_print(article))


def dated(
    article: Article, row: ContextRow | None, option: DateInterval = UNKNOWN, lent: Lent = NOTHING_LENT
) -> Publication:
    """The publication context; what the text implies is asked where nothing states the day."""
    stated = publish.publish(article, row, option, order=lent.order)
    if stated.day is not None and stated.method != "option":
        return stated
    spans = [(sentence.start, sentence.end) for sentence in article.sentences]
    found = times.find(article.prose.text, UNKNOWN, sentences=spans)
    implied, possible = publish.implied(article, found)
    return publish.publish(
        article, row, option, implied=implied, corpus=lent.finding, order=lent.order, possible=possible
    )


def written(article: Article, publication: Publication) -> DateInterval:
    """The day that "today" means: the dateline's when the paper printed it a few days later, else the publication's."""
    published = publication.day
    opening = next((sentence for sentence in article.sentences if sentence.lead), None)
    if published is None or opening is None:
        return publication.date
    dateline = article.prose.text[opening.start : opening.start + opening.lead]
    for expression in times.find(dateline, publication.date):
        found = expression.interval
        if found.precision == "day" and found.latest and dt.timedelta(0) < published - found.latest <= _PRINTED_LATER:
            return found
    return publication.date


def tag(
    paths: Sequence[str],
    *,
    context: str | None = None,
    published: DateInterval = UNKNOWN,
    fields: Fields = (),
    style: str = "auto",
) -> Iterator[tuple[Article, tuple[TimeExpression, ...]]]:
    """The temporal tagger alone, article by article; raises UnreadableArticle for the first that cannot be read."""
    files = discover(paths)
    found = publish.find_context(files, Path(context) if context else None)
    for file in files:
        for named, part in parts(file, dict(fields)):
            if isinstance(part, Fault):
                raise UnreadableArticle(f"{named.name}: {part.why}")
            article = read(named, part, dict(fields))
            publication = dated(article, found.row(named), published)
            spans = [(sentence.start, sentence.end) for sentence in article.sentences]
            yield (
                article,
                times.find_within(article.prose.text, written(article, publication), style=style, sentences=spans),
            )


# --- the stages of one article --------------------------------------------------------------------


def _frames(article: Article, found: Sequence[TimeExpression]) -> dict[int, tuple[Frame, ...]]:
    """Parse the sentences that may tell an event, and no others."""
    spots = events.spots(article)
    text = article.prose.text
    queries: dict[int, syntax.Query] = {}
    for sentence in article.sentences:
        start = sentence.start + sentence.lead
        dates = tuple((time.start, time.end) for time in found if start <= time.start < sentence.end)
        triggers = spots.get(sentence.index, ())
        if sentence.kind == "body" and (triggers or dates):
            queries[sentence.index] = syntax.Query(text[start : sentence.end], start, triggers, dates)
    return dict(zip(queries, syntax.frames(list(queries.values())), strict=True))


def _seen(mentions: Iterable[ActorMention] | Iterable[PlaceMention]) -> tuple[tuple[str, str, int], ...]:
    spelled: Counter[tuple[str, str]] = Counter()
    for mention in mentions:
        name = mention.actor.name if isinstance(mention, ActorMention) else mention.place.name
        spelled[name, " ".join(mention.text.split())] += 1
    return tuple((name, spelling, count) for (name, spelling), count in sorted(spelled.items()))


# --- many articles --------------------------------------------------------------------------------

Answer = Reading | tuple[str, str]


def _tasks(
    files: Sequence[ArticleFile], context: Context, options: Options, store: Store, met: _Progress
) -> Iterator[_Task]:
    """The articles to read: those whose bytes or context the store does not hold yet."""
    known = store.known()
    for number, file in enumerate(files, 1):
        try:
            for named, part in parts(file, dict(options.fields)):
                if isinstance(part, Fault):
                    met.skipped.append((named.name, f"{named.name}: {part.why}"))
                    continue
                met.present.add(_key(named))
                row = context.row(named)
                if file.path and known.get(_key(named)) == (digest(part), _context_key(row, options)):
                    met.unchanged += 1
                else:
                    yield _Task(named, part, row, options, NOTHING_LENT, number)
        except UnreadableArticle as error:
            met.skipped.append((file.name, str(error)))
            met.present.discard(_key(file))


def _keep(task: _Task, answer: Answer, store: Store, met: _Progress) -> None:
    if isinstance(answer, Reading):
        met.read += 1
        store.put(answer, _root(task.file), _context_key(task.row, task.options), task.file.part, task.lent.key)
    else:
        met.skipped.append(answer)
        met.present.discard(_key(task.file))


def _answers(tasks: Iterator[_Task], jobs: int) -> Iterator[tuple[_Task, Answer]]:
    """Each task, in order, with its reading or (file, why it was skipped); only a few are held at a time."""
    first = list(islice(tasks, _FEW))
    rest = chain(first, tasks)
    if jobs < 2 or len(first) < _FEW:
        yield from ((task, _answer(task)) for task in rest)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[list[_Task], Future[list[Answer]]]] = deque()
        while (chunk := list(islice(rest, _CHUNK))) or waiting:
            if chunk:
                waiting.append((chunk, pool.submit(_answer_all, chunk)))
            if not chunk or len(waiting) > _AHEAD * jobs:
                asked, future = waiting.popleft()
                yield from zip(asked, future.result(), strict=True)


def _answer_all(tasks: Sequence[_Task]) -> list[Answer]:
    return [_answer(task) for task in tasks]


def _answer(task: _Task) -> Answer:
    try:
        article = replace(read(task.file, task.part, dict(task.options.fields)), path=_key(task.file))
        return read_one(article, dated(article, task.row, task.options.published, task.lent))
    except UnreadableArticle as error:
        return task.file.name, str(error)
    except TimelineError:
        raise
    except Exception as error:  # a defect met in one article must not cost the user all the others
        reason = f"{type(error).__name__}: {error}"
        return task.file.name, f"{task.file.name}: skipped for a defect of this program ({reason}): please report it"


def _lend(files: Sequence[ArticleFile], context: Context, options: Options, store: Store, jobs: int) -> None:
    """Date articles by what the others tell, until nothing changes; what a former build lent is forgotten first.

    Only articles of `files` are read again: of others this build does not know the context.
    """
    met, here = _Progress(), {_key(file) for file in files}
    lent = store.lent()
    told: Mapping[str, Lent] = {}
    for _ in range(_ROUNDS):
        changed = {key for key in {*lent, *told} if told.get(key, NOTHING_LENT).key != lent.get(key, "")}
        for task, answer in _answers(_again(changed, here, told, context, options, store), jobs):
            _keep(task, answer, store, met)
        lent = {key: value.key for key, value in told.items()}
        seen = [_circumstances(article) for article in store.circumstances()]
        asked = any(article.two_days or not article.stated.known for article in seen)
        told = publish.lend(seen, store.mentions(), _when) if asked else {}
        if {key: value.key for key, value in told.items()} == lent:
            return


def _circumstances(seen: Record) -> publish.Circumstances:
    """An article of the store as its neighbours see it."""
    spans = tuple((first, last) for first, last in seen.pop("possible"))
    published, inferred = seen.pop("published"), seen.pop("method") in (*_INFERRED, "none", "option")
    return publish.Circumstances(
        **seen,
        stated=UNKNOWN if inferred else parse_edtf(published),
        days=publish.Days(spans) if spans else publish.ALL,
    )


@lru_cache(maxsize=1 << 16)
def _when(words: str, ahead: bool, published: dt.date) -> DateInterval:
    """What the words of an event's date mean in an article of that day."""
    told = times.find(f"It {'will be' if ahead else 'was'} {words}.", day(published))
    return told[0].interval if len(told) == 1 else UNKNOWN


def _again(
    keys: set[str], here: set[str], lent: Mapping[str, Lent], context: Context, options: Options, store: Store
) -> Iterator[_Task]:
    """The tasks that read these articles once more; a file that has vanished meanwhile keeps its former reading."""
    wanted: dict[str, set[str]] = {}
    labels = store.labels()
    for key in keys & labels.keys():
        part = labels[key][2]
        wanted.setdefault(_whole(key, part), set()).add(part)
    for path, named in sorted((path, named) for path, named in wanted.items() if path in here):
        root, file, part = labels[f"{path}#{min(named)}" if min(named) else path]
        whole = ArticleFile(path, root, file.removesuffix(f"#{part}") if part else file)
        with suppress(UnreadableArticle):
            for article, bytes_ in parts(whole, dict(options.fields)):
                if isinstance(bytes_, Part) and article.part in named:
                    row = context.row(article)
                    yield _Task(article, bytes_, row, options, lent.get(_key(article), NOTHING_LENT))


def _forget(files: Sequence[ArticleFile], present: set[str], store: Store) -> int:
    """Drop articles that lay below a folder named now and are no longer there; answers how many."""
    roots = {_root(file) for file in files if file.path}
    named = {_key(file) for file in files}
    gone = []
    for key, (root, _, part) in store.labels().items():
        whole = _whole(key, part)
        if key not in present and (whole in named or (root in roots and not Path(whole).exists())):
            gone.append(key)
    for key in gone:
        store.remove(key)
    return len(gone)


def _roots(files: Sequence[ArticleFile], store: Store) -> dict[str, str]:
    """Articles named by another folder now: the outer one is their root, as in a build that names both."""
    present = {_key(file): _root(file) for file in files if file.path}
    found = {}
    for key, (former, _, part) in store.labels().items():
        root = present.get(_whole(key, part), former)
        if len(Path(root).parts) < len(Path(former).parts):
            found[key] = root
    return found


def _labels(store: Store) -> dict[str, str]:
    """Output names for all articles of the store: relative to their root, told apart where two roots share one."""
    files = []
    for key, (root, file, part) in store.labels().items():
        name = Path(key).relative_to(root).as_posix() if root else file
        files.append(ArticleFile(key, root, name, part))
    return {file.path: file.name for file in name_apart(files)}


def _key(file: ArticleFile) -> str:
    if not file.path:
        return file.name
    return f"{Path(file.path).resolve()}#{file.part}" if file.part else str(Path(file.path).resolve())


def _whole(key: str, part: str) -> str:
    """The path of the file that an article is a part of."""
    return key.removesuffix(f"#{part}") if part else key


def _root(file: ArticleFile) -> str:
    return str(Path(file.root).resolve()) if file.path else ""


def _context_key(row: ContextRow | None, options: Options) -> str:
    fallback = UNKNOWN if row is not None and row.published.known else options.published  # for what has no date only
    return hashlib.sha256(repr((row, fallback, options.fields, fingerprint())).encode()).hexdigest()
