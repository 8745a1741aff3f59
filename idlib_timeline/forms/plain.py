"""Plain text and Markdown, with the front matter that may open them: YAML between "---", TOML between "+++"."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from ..model import Document, Part
from .decoding import decode
from .fields import described

if TYPE_CHECKING:
    import yaml


def document(name: str, part: Part) -> Document:
    """The text as decoded, nothing stripped; raises UnreadableArticle for what is no text."""
    text = decode(name, part.content, part.charset)
    values, body = front_matter(text)
    details, stated = described(values, "the front matter's")
    address = _ADDRESS.match(text, body)
    if address:
        details.setdefault("url", address[1])
    return Document(text, {**part.details, **details}, (*stated, *part.stated), body, part.form == "markdown")


_ADDRESS = re.compile(
    r"[\s\ufeff]{0,40}(?:(?:URL|Source|Link): ?)?(https?://[^\s<>]{4,2000})[ \t]*\r?\n"
)  # saved above a text
_FRONT = re.compile(
    r"\ufeff?(?:---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(?P<toml>.*?)^\+\+\+)[ \t]*\r?(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_FRONT_LIMIT = 64_000  # characters
_KEY = re.compile(r"[^\W\d][\w.:@-]*(?: [\w.-]+){0,2}")


@cache
def _loader() -> "type[yaml.BaseLoader]":
    """Reads every value as the words written (a date stays `2019-08-30`), and refuses aliases, which can explode."""
    import yaml

    class PlainLoader(yaml.BaseLoader):
        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("an alias")
            return super().compose_node(parent, index)

    return PlainLoader


def _yaml(block: str) -> object:
    """What a YAML block holds; None if it is broken."""
    import yaml

    loader = _loader()(block)
    try:
        return loader.get_single_data()
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    finally:
        loader.dispose()


def _toml(block: str) -> object:
    """What a TOML block holds, dates as written; None if it is broken."""
    try:
        return tomllib.loads(block.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None


def front_matter(text: str) -> tuple[Mapping[str, str], int]:
    """The values of a block of YAML or TOML that opens a text, keys in lower case, and where the body starts.

    Lists are joined with ", ", nested tables are left out; what is no table of named values is text.
    """
    match = _FRONT.match(text[:_FRONT_LIMIT])
    if not match:
        return {}, 0
    loaded = _yaml(match["yaml"]) if match["toml"] is None else _toml(match["toml"])
    if not isinstance(loaded, dict) or not all(isinstance(key, str) and _KEY.fullmatch(key) for key in loaded):
        return {}, 0
    values: dict[str, str] = {}
    for key, value in loaded.items():
        parts = value if isinstance(value, list) else [value]
        if not isinstance(value, dict):
            values[key.lower()] = ", ".join(" ".join(str(part).split()) for part in parts if not _nested(part))
    return values, match.end()


def _nested(value: object) -> bool:
    return isinstance(value, dict | list | bool)
