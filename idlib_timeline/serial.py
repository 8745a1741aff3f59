"""Values to and from JSON: the contract's records going out, the store's own records both ways.

A record is a dict that `json.dumps` writes as it stands. The keys and their order are the interface
other programs rely on; a key may be added, none renamed.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any

from .interval import DateInterval, parse_edtf

if TYPE_CHECKING:
    from .model import (
        Article,
        Clock,
        Dispute,
        Event,
        EventMention,
        Evidence,
        Figure,
        Finding,
        Judgement,
        Place,
        PlaceMention,
        TimeExpression,
    )

Record = dict[str, Any]

_SURROGATE = re.compile("[\ud800-\udfff]")
SCHEMA = 1  # of the published JSON; changes only when a field changes its meaning


def dumps(record: Any) -> str:
    """One line of JSON, the same bytes on every machine; letters of all scripts stay letters.

    Half a surrogate pair, which UTF-8 cannot carry, becomes U+FFFD: one character for one, so offsets hold.
    """
    return _SURROGATE.sub("\ufffd", json.dumps(record, ensure_ascii=False))


# --- what other programs read -----------------------------------------------------------------------


def event_record(event: Event) -> Record:
    """An event with the contract's fields in the contract's order."""
    return {
        "id": event.id,
        "date": event.date.edtf(),
        "earliest": _iso(event.date.earliest),
        "latest": _iso(event.date.latest),
        "time": event.clock.text if event.clock else None,
        "utc": event.utc,
        "precision": event.precision,
        "approximate": event.date.approximate,
        "status": event.status,
        "type": event.type,
        "title": event.title,
        "actors": list(event.actors),
        "who": list(event.who),
        "whom": list(event.whom),
        "place": event.place.name if event.place else None,
        "places": [place_record(mention) for mention in event.places],
        "figures": [_figure_record(figure) for figure in event.figures],
        "background": event.background,
        "evidence": [evidence_record(mention.evidence) for mention in event.mentions],
        "disputed": [_dispute_record(dispute) for dispute in event.disputed],
        "mention_ids": [mention.id for mention in event.mentions],
        "judgements": [judgement_record(judgement) for judgement in event.judgements],
    }


def place_record(mention: PlaceMention) -> Record:
    """A place with the words that named it; null where the gazetteer does not know."""
    place = mention.place
    return {
        "name": place.name,
        "as_written": mention.text,
        "country": place.country or None,
        "admin1": place.admin1 or None,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
    }


def evidence_record(evidence: Evidence) -> Record:
    """One mention's evidence with exactly the contract's keys."""
    return {
        "file": evidence.file,
        "sentence": evidence.sentence,
        "start": evidence.start,
        "end": evidence.end,
        "expression": evidence.expression,
        "anchor": evidence.anchor,
        "rule": evidence.rule,
        "published": evidence.published or None,
        "attribution": evidence.attribution,
    }


def expression_record(article: Article, expression: TimeExpression) -> Record:
    """A time expression as `timeline dates` gives it; `text` is the stored text between the offsets."""
    start, end = article.stored_span(expression.start, expression.end)
    return {
        "file": article.file,
        "start": start,
        "end": end,
        "text": article.text[start:end],
        "type": expression.type,
        "value": expression.value,
        "mod": expression.mod,
        "earliest": _iso(expression.interval.earliest),
        "latest": _iso(expression.interval.latest),
        "anchor": expression.anchor,
        "rule": expression.rule,
    }


def finding_record(finding: Finding) -> Record:
    """A finding about a publication: date (EDTF), method, evidence, reasons."""
    return {
        "date": finding.date.edtf(),
        "method": finding.method,
        "evidence": finding.evidence,
        "reasons": list(finding.reasons),
    }


def _figure_record(figure: Figure) -> Record:
    return {
        "kind": figure.kind,
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "text": figure.text,
        "since": _iso(figure.since),
    }


def _dispute_record(dispute: Dispute) -> Record:
    return {
        "field": dispute.field,
        "values": [{"value": value, "files": list(files)} for value, files in dispute.values],
    }


def judgement_record(judgement: Judgement) -> Record:
    """An analyst's judgement; only what it says, in the order of the text form."""
    return {
        "verb": judgement.verb,
        "event": judgement.event,
        **({"others": list(judgement.others)} if judgement.others else {}),
        **dict(judgement.changes),
        **({"text": judgement.text} if judgement.text else {}),
        "reason": judgement.reason,
        "author": judgement.author,
    }


# --- what the store reads back ------------------------------------------------------------------------


def mention_record(mention: EventMention) -> Record:
    """A mention as the store keeps it. The file's name is left out: it belongs to the article and may change."""
    evidence = mention.evidence
    return {
        "key": mention.key,
        **_date_fields(mention.date),
        "time": mention.clock.text if mention.clock else None,
        "clock": _clock_record(mention.clock),
        "utc": mention.utc,
        "status": mention.status,
        "type": mention.type,
        "title": mention.title,
        "who": list(mention.who),
        "whom": list(mention.whom),
        "actors": list(mention.actors),
        "place": _place_fields(mention.place) if mention.place else None,
        "places": [[named.start, named.end, named.text, _place_fields(named.place)] for named in mention.places],
        "figures": [_figure_record(figure) for figure in mention.figures],
        "background": mention.background,
        "outlet": mention.outlet,
        "land": mention.land,
        "start": evidence.start,
        "end": evidence.end,
        "sentence": evidence.sentence,
        "expression": evidence.expression,
        "anchor": evidence.anchor,
        "rule": evidence.rule,
        "published": evidence.published,
        "attribution": evidence.attribution,
        "trigger": evidence.trigger,
        "event_rule": evidence.event_rule,
        "steps": list(evidence.steps),
    }


def mention_from_record(record: Mapping[str, Any], file: str) -> EventMention:
    """The mention `mention_record` was made from, cited under the name `file`.

    What many mentions have in common is one value in memory: a large store has hundreds of thousands of them.
    """
    from .model import Clock, EventMention, Evidence, PlaceMention  # those who only show need none of it

    evidence = Evidence(
        file=intern(file),
        sentence=intern(record["sentence"]),
        start=record["start"],
        end=record["end"],
        expression=intern(record["expression"]),
        anchor=intern(record["anchor"]),
        rule=intern(record["rule"]),
        published=intern(record["published"]),
        attribution=intern(record["attribution"]) if record["attribution"] is not None else None,
        trigger=intern(record["trigger"]),
        event_rule=intern(record["event_rule"]),
        steps=tuple(map(intern, record["steps"])),
    )
    return EventMention(
        key=record["key"],
        date=_date_from(record),
        type=intern(record["type"]),
        status=intern(record["status"]),
        title=intern(record["title"]),
        who=_names(record["who"]),
        whom=_names(record["whom"]),
        actors=_names(record["actors"]),
        place=_place_from(*record["place"]) if record["place"] else None,
        places=tuple(
            PlaceMention(start, end, intern(text), _place_from(*place)) for start, end, text, place in record["places"]
        ),
        figures=tuple(_figure_from(figure) for figure in record["figures"]),
        background=record["background"],
        evidence=evidence,
        outlet=intern(record["outlet"]),
        clock=Clock(*record["clock"]) if record["clock"] else None,
        utc=record["utc"],
        land=record.get("land", ""),
    )


def _names(values: Sequence[str]) -> tuple[str, ...]:
    return _same(tuple(map(intern, values)))


@lru_cache(maxsize=1 << 14)
def _same(values: tuple[str, ...]) -> tuple[str, ...]:
    """The first tuple of these values, for all that are equal to it."""
    return values


@lru_cache(maxsize=1 << 14)
def _place_from(*fields: Any) -> Place:
    from .model import Place

    return Place(*fields)


def _date_fields(date: DateInterval) -> Record:
    text = date.edtf()
    fields: Record = {"date": text}
    if date.approximate and "~" not in text:  # EDTF has no mark for an approximate date of an unknown year
        fields["approximate"] = True
    return fields


def _date_from(record: Mapping[str, Any]) -> DateInterval:
    date = _interval(record["date"])
    return replace(date, approximate=True) if record.get("approximate") else date


_interval = lru_cache(maxsize=1 << 14)(parse_edtf)


def _clock_record(clock: Clock | None) -> list[Any] | None:
    return [clock.hour, clock.minute, clock.part, clock.offset, clock.utc] if clock else None


def _place_fields(place: Place) -> list[Any]:
    return [
        place.name,
        place.kind,
        place.country,
        place.admin1,
        place.lat,
        place.lon,
        place.geonameid,
        place.population,
    ]


def _figure_from(record: Mapping[str, Any]) -> Figure:
    from .model import Figure

    since = record["since"]
    return Figure(
        kind=record["kind"],
        text=record["text"],
        low=record["low"],
        best=record["best"],
        high=record["high"],
        since=dt.date.fromisoformat(since) if since else None,
    )


def _iso(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None
