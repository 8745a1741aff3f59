"""One event with all that led to it: sentences, words, rules, calculation, publication, merging."""

from collections.abc import Iterator, Mapping

from ..serial import Record
from .judged import judged
from .layout import BOLD
from .page import Page
from .words import INFERRED, clean, contested, counted, date_words, event_date, figure, files

_LABEL = 12  # cells of the left column


def explanation(event: Record, groups: Mapping[str, str], width: int, colour: bool) -> Iterator[str]:
    """The record of `Store.explain` for a person to read."""
    width = max(width, 50)
    page = Page(width, colour, _LABEL)
    yield from page.text(clean(event["title"]), BOLD)
    yield "\n"
    yield from _facts(event, groups, page)
    count = len(event["mentions"])
    yield from page.heading(f"Told in {counted(count, 'sentence')} of {counted(len(files(event)), 'article')}")
    for number, mention in enumerate(event["mentions"], 1):
        if number > 1:
            yield "\n"
        yield from _mention(number, mention, page)
    yield from judged(page, event["judgements"])
    yield from _pairs(event, page)
    yield from _others(event, page)


def _pairs(event: Record, page: Page) -> Iterator[str]:
    """Why the mentions are one event: each with the one it fits best of those before it, feature by feature."""
    if not event.get("pairs"):
        if event["joined"]:
            yield from page.heading("Why these are one event")
        for reason in event["joined"]:
            yield from page.field("", clean(reason))
        return
    yield from page.heading(f"Why these are one event ({event['enough']:g} points make two mentions one)")
    places = {mention["id"]: f"[{number}]" for number, mention in enumerate(event["mentions"], 1)}
    for pair in event["pairs"]:
        analyst = ", joined by an analyst" if pair["forbidden"] else ""
        two = f"{places[pair['mention']]} and {places[pair['with']]}: {pair['score']:g} points{analyst}"
        yield from page.field("", two, BOLD)
        yield from _features(pair, page)


def _features(pair: Record, page: Page) -> Iterator[str]:
    for feature in pair["features"]:
        score = "forbids" if feature["score"] is None else f"{feature['score']:+g}"
        yield from page.field(feature["feature"], f"{score}  {clean(feature['why'])}")


def _others(event: Record, page: Page) -> Iterator[str]:
    """Events that go with this one, and the nearest of those that are not it."""
    if event["related"]:
        yield from page.heading("What it has to do with other events")
        for one in event["related"]:
            yield from page.field(one["how"], clean(f"{one['id']}: {one['why']}"))
    apart = event.get("apart")
    if apart:
        yield from page.heading("The nearest event that is kept apart")
        date = date_words(apart["date"])
        yield from page.field(clean(apart["id"]), clean(f"{date}, {apart['type'].replace('_', ' ')}: {apart['title']}"))
        yield from page.field("because", clean(apart["why"]))
        yield from _features(apart, page)


def _facts(event: Record, groups: Mapping[str, str], page: Page) -> Iterator[str]:
    exact = f"{event['date']}, " if event["date"] else ""
    yield from page.field("id", clean(event["id"]))
    yield from page.field("date", f"{event_date(event)} ({exact}precision: {event['precision'].replace('_', ' ')})")
    yield from page.field("UTC", event["utc"] or "")
    group = groups.get(event["type"], "")
    yield from page.field("type", clean(event["type"].replace("_", " ")) + (f" ({group})" if group else ""))
    hidden = ", hidden by an analyst" if any(one["verb"] == "hide" for one in event["judgements"]) else ""
    yield from page.field("status", event["status"] + (", background" if event["background"] else "") + hidden)
    yield from page.field("who", clean(", ".join(event["who"])))
    yield from page.field("whom", clean(", ".join(event["whom"])))
    yield from page.field("actors", clean(", ".join(event["actors"])))
    yield from page.field("place", clean(event["place"] or ""))
    for place in event["places"]:
        yield from page.field("", _place(place))
    for record in event["figures"]:
        yield from page.field("figure", f"{figure(record)} (“{clean(record['text'])}”)")
    for dispute in event["disputed"]:
        yield from page.field("disputed", _dispute(dispute))


def _place(place: Record) -> str:
    inside = ", ".join(part for part in (place["admin1"], place["country"]) if part)
    spot = f", {place['lat']:.4f} {place['lon']:.4f}" if place["lat"] is not None and place["lon"] is not None else ""
    number = f", GeoNames {place['geonameid']}" if place["geonameid"] else ""
    written = f", written “{place['as_written']}”" if place["as_written"] else ""
    return clean(f"{place['name']}{f' ({inside})' if inside else ''}{written}{spot}{number}")


def _dispute(dispute: Record) -> str:
    said = (f"{value['value']} ({', '.join(value['files'])})" for value in dispute["values"])
    return clean(f"{contested(dispute['field'])}: {'; '.join(said)}")


def _mention(number: int, mention: Record, page: Page) -> Iterator[str]:
    outlet = f", {mention['outlet']}" if mention["outlet"] else ""
    yield from page.field(f"[{number}]", clean(f"{mention['file']}{outlet}, {mention['start']}-{mention['end']}"), BOLD)
    yield from page.field("mention", clean(mention["id"]))
    yield from page.field("article", clean(mention["article"]))
    yield from page.field("sentence", f"“{clean(mention['sentence'])}”")
    yield from page.field("said by", clean(mention["attribution"] or ""))
    rule = f", rule {mention['event_rule']}" if mention["event_rule"] else ""
    yield from page.field("told by", clean(f"“{mention['trigger']}”{rule}") if mention["trigger"] else "")
    yield from page.field("date from", _date_words(mention))
    for step, text in enumerate(mention["steps"], 1):
        yield from page.field("steps" if step == 1 else "", f"{step}. {clean(text)}")
    yield from page.field("gives", clean(mention["date"]) or "no date")
    published = date_words(mention["published"]) if mention["published"] else "unknown"
    how = INFERRED.get(mention["method"], mention["method"].replace("_", " "))
    yield from page.field("published", clean(f"{published}; {how}: {mention['publication']}"))
    for conflict in mention["conflicts"]:
        yield from page.field("", f"but: {clean(conflict)}")


def _date_words(mention: Record) -> str:
    if not mention["expression"]:
        return "no words of the sentence"
    anchor = mention["anchor"]
    known = {"explicit": "which say it in full", "publication": "counted from the publication date"}
    hangs = known.get(anchor, f"counted from “{anchor}”" if anchor else "")
    rule = f"rule {mention['rule']}" if mention["rule"] else ""
    return clean(", ".join(part for part in (f"“{mention['expression']}”", hangs, rule) if part))
