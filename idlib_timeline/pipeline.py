"""From files to a chronology, one line per stage: the page to read first.

files -> read -> publish -> times, names, figures -> syntax -> events -> [store] -> merge -> [store]
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path

from . import events, figures, names, publish, syntax, times
from .errors import TimelineError, UnreadableArticle
from .interval import UNKNOWN, DateInterval
from .merge import merge
from .model import ActorMention, Article, ArticleFile, Event, Frame, PlaceMention, Publication, Reading, TimeExpression
from .publish import Context, ContextRow
from .read import discover, fetch, name_apart, read
from .store import Store

_PRINTED_LATER = dt.timedelta(days=3)  # a paper prints yesterday's dispatch, a weekly the day before's; not last week's
_FEW = 8  # articles; below that a second process costs more than it saves (it loads the parser again)
_CHUNK = 16  # articles a process takes at a time

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: articles read, unchanged, gone, skipped (file, why), and what the store holds now."""

    read: int
    unchanged: int
    gone: int
    skipped: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    articles: int
    undated: int
    events: int
    background: int


@dataclass(frozen=True, slots=True)
class _Task:
    file: ArticleFile
    row: ContextRow | None
    option: DateInterval


def build(
    paths: Sequence[str],
    store: Store,
    *,
    context: str | None = None,
    published: DateInterval = UNKNOWN,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Summary:
    """Read the articles that `paths` name into the store and derive its events anew, in one transaction.

    Raises InputError for paths and context files that cannot be used; one unreadable article is skipped and told.
    """
    files = discover(paths)
    found = publish.find_context(files, Path(context) if context else None)
    with store.transaction():
        tasks, skipped, unchanged = _tasks(files, found, published, store)
        gone = _forget(files, store)
        read_now = 0
        for done, (task, answer) in enumerate(zip(tasks, _answers(tasks, jobs), strict=True), 1):
            if isinstance(answer, Reading):
                read_now += 1
                store.put(answer, _root(task.file), _context_key(task.row, published))
            else:
                skipped.append(answer)
                store.remove(_key(task.file))
            if progress:
                progress(done, len(tasks))
        store.reroot(_roots(files, store))
        store.relabel(_labels(store))
        derived = merge(store.mentions(), lambda type_: events.kinds()[type_].family)
        store.replace_events(derived, _spellings(derived), {kind.name: kind.group for kind in events.kinds().values()})
        undated = sum(1 for source in store.sources() if source["published"] is None)
        return Summary(
            read=read_now,
            unchanged=unchanged,
            gone=gone,
            skipped=tuple(sorted(skipped)),
            warnings=found.warnings,
            articles=len(store.known()),
            undated=undated,
            events=sum(not event.background for event in derived),
            background=sum(event.background for event in derived),
        )


def read_one(article: Article, publication: Publication) -> Reading:
    """Every stage over one article."""
    text = article.prose.text
    spans = [(sentence.start, sentence.end) for sentence in article.sentences]
    style = "news" if publication.date.known else "auto"
    found_times = times.find(text, written(article, publication), style=style, sentences=spans, turned=True)
    actors, places = names.find(text, spans, publication.date)
    told = figures.find(text, spans)
    frames = _frames(article, found_times)
    findings = events.Findings(found_times, actors, places, told, frames)
    mentions = events.extract(article, publication, findings)
    return Reading(article, publication, mentions, _seen(actors), _seen(places))


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
    paths: Sequence[str], *, context: str | None = None, published: DateInterval = UNKNOWN, style: str = "auto"
) -> Iterator[tuple[Article, tuple[TimeExpression, ...]]]:
    """The temporal tagger alone, article by article."""
    files = discover(paths)
    found = publish.find_context(files, Path(context) if context else None)
    for file in files:
        article = read(file, fetch(file))
        publication = publish.publish(article, found.rows.get(file.name), published)
        spans = [(sentence.start, sentence.end) for sentence in article.sentences]
        yield article, times.find(article.prose.text, written(article, publication), style=style, sentences=spans)


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


def _answers(tasks: Sequence[_Task], jobs: int) -> Iterator[Reading | tuple[str, str]]:
    """For each task, in order, its reading or (file, why it was skipped)."""
    if jobs < 2 or len(tasks) < _FEW:
        yield from map(_answer, tasks)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=get_context("spawn")) as pool:
        chunk = max(1, min(_CHUNK, len(tasks) // (2 * jobs)))
        yield from pool.map(_answer, tasks, chunksize=chunk)


def _answer(task: _Task) -> Reading | tuple[str, str]:
    try:
        article = replace(read(task.file, fetch(task.file)), path=_key(task.file))
        return read_one(article, publish.publish(article, task.row, task.option))
    except UnreadableArticle as error:
        return task.file.name, str(error)
    except TimelineError:
        raise
    except Exception as error:  # a defect met in one article must not cost the user all the others
        reason = f"{type(error).__name__}: {error}"
        return task.file.name, f"{task.file.name}: skipped for a defect of this program ({reason}): please report it"


def _tasks(
    files: Sequence[ArticleFile], context: Context, option: DateInterval, store: Store
) -> tuple[list[_Task], list[tuple[str, str]], int]:
    """The articles to read: those whose bytes or context the store does not hold yet."""
    known = store.known()
    tasks: list[_Task] = []
    skipped: list[tuple[str, str]] = []
    unchanged = 0
    for file in files:
        row = context.rows.get(file.name)
        if file.path and _key(file) in known:
            try:
                digest = hashlib.sha256(fetch(file)).hexdigest()
            except UnreadableArticle as error:
                skipped.append((file.name, str(error)))
                store.remove(_key(file))
                continue
            if known[_key(file)] == (digest, _context_key(row, option)):
                unchanged += 1
                continue
        tasks.append(_Task(file, row, option))
    return tasks, skipped, unchanged


def _forget(files: Sequence[ArticleFile], store: Store) -> int:
    """Drop articles that lay below a folder named now and are no longer there; answers how many."""
    present = {_key(file) for file in files}
    roots = {_root(file) for file in files if file.path}
    gone = [
        key
        for key, (root, _) in store.labels().items()
        if key not in present and root in roots and not Path(key).exists()
    ]
    for key in gone:
        store.remove(key)
    return len(gone)


def _roots(files: Sequence[ArticleFile], store: Store) -> dict[str, str]:
    """Articles named by another folder now: the outer one is their root, as in a build that names both."""
    former = {key: root for key, (root, _) in store.labels().items()}
    present = {_key(file): _root(file) for file in files if file.path}
    return {
        key: root for key, root in present.items() if len(Path(root).parts) < len(Path(former.get(key, root)).parts)
    }


def _labels(store: Store) -> dict[str, str]:
    """Output names for all articles of the store: relative to their root, told apart where two roots share one."""
    files = []
    for key, (root, file) in store.labels().items():
        name = Path(key).relative_to(root).as_posix() if root else file
        files.append(ArticleFile(key, root, name))
    return {file.path: file.name for file in name_apart(files)}


def _spellings(derived: Sequence[Event]) -> Iterator[tuple[str, str, str]]:
    """All known spellings of the actors and places that occur, so that a filter needs no name book."""
    for name in sorted({name for event in derived for name in event.actors}):
        yield from (("actor", spelling, name) for spelling in names.actor_spellings(name))
    for name in sorted({mention.place.name for event in derived for mention in event.places}):
        yield from (("place", spelling, name) for spelling in names.place_spellings(name))


def _key(file: ArticleFile) -> str:
    return str(Path(file.path).resolve()) if file.path else file.name


def _root(file: ArticleFile) -> str:
    return str(Path(file.root).resolve()) if file.path else ""


def _context_key(row: ContextRow | None, option: DateInterval) -> str:
    fallback = UNKNOWN if row is not None and row.published.known else option  # it dates only what has no date
    return hashlib.sha256(repr((row, fallback, _fingerprint())).encode()).hexdigest()


@cache
def _fingerprint() -> str:
    """What the answers depend on beside the article: this package's code and rulebook."""
    digest = hashlib.sha256()
    home = resources.files(__package__)
    for path in sorted(Path(str(home)).rglob("*")):
        if path.suffix in {".py", ".toml", ".csv", ".tsv", ".gz"}:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
