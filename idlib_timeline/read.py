"""Files -> articles: which files hold articles, their bytes, their text, their front matter.

The stored text is the decoded file itself, nothing stripped; what readers see is made from it by `prose`.
"""

import hashlib
import os
import re
import stat
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import InputError, UnreadableArticle
from .model import Article, ArticleFile
from .prose import compose
from .sentences import segment, title

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 20_000_000  # an article of 20 MB is none; a limit keeps one file from filling the memory
STDIN = "stdin"  # the name of the article read from standard input

_SUFFIXES = {"", ".txt", ".text", ".md", ".markdown"}
_MARKDOWN = {".md", ".markdown"}
_CONTEXT = "publications.csv"
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}\Z")  # "U.N. report" and "notes.2019" have none


# --- which files ----------------------------------------------------------------------------------


def discover(paths: Sequence[str]) -> tuple[ArticleFile, ...]:
    """The article files that `paths` name, sorted by name, each file once.

    Folders are searched recursively for text and Markdown files; hidden files, `publications.csv`, other suffixes,
    symbolic links to folders or out of the named folder, and everything that is no regular file are passed over.
    A file named itself is always taken; "-" is standard input. Raises InputError for a path that does
    not exist and for a folder without an article.
    """
    found: dict[Path, ArticleFile] = {}
    for given in sorted(set(paths), key=lambda path: (len(Path(path).parts), path)):
        if given == "-":
            found[Path("-")] = ArticleFile("", "", STDIN)
            continue
        try:
            root, files = _files(given)
        except OSError as error:
            raise InputError(f"{error.filename}: cannot be read: {error.strerror}: check its permissions") from error
        for file in files:
            name = _name(file.relative_to(root))
            found.setdefault(file.resolve(), ArticleFile(str(file), str(root), name))
    return tuple(sorted(name_apart(list(found.values())), key=lambda file: (file.name, file.path)))


def _files(given: str) -> tuple[Path, list[Path]]:
    """The folder that names are told from, and the files that one path of the command line stands for."""
    path = Path(given)
    if path.is_dir():
        files = list(_walk(path))
        if not files:
            raise InputError(f"{given}: holds no article: put .txt or .md files there, or name its files")
        return path, files
    if not path.exists():
        raise InputError(f"{given}: no such file or folder: check the path")
    return path.parent, [path]


def _walk(folder: Path) -> Iterator[Path]:
    """Article files below `folder`: real files first, so that a link never stands for a file that is there itself."""
    home = folder.resolve()
    links: list[Path] = []
    pending = [folder]
    while pending:
        for entry in sorted(pending.pop().iterdir()):
            if entry.name.startswith("."):
                continue
            linked = entry.is_symlink()
            if entry.is_dir() and not linked:
                pending.append(entry)
            elif entry.name == _CONTEXT or _suffix(entry.name) not in _SUFFIXES or not entry.is_file():
                continue
            elif linked:
                links.append(entry)
            else:
                yield entry
    yield from (link for link in links if home in link.resolve().parents)


def _suffix(name: str) -> str:
    match = _SUFFIX.search(name[1:])
    return match[0].lower() if match else ""


def _name(path: Path) -> str:
    """A path as it is shown: slashes, composed characters, and escapes for bytes that are no UTF-8."""
    shown = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", shown)


def name_apart(files: list[ArticleFile]) -> list[ArticleFile]:
    """Names that two roots share are led by as many of the folders above as tell them apart."""
    shared = Counter(file.name for file in files)
    above = {file: Path(file.root).resolve().parts[1:] for file in files if shared[file.name] > 1}
    depth = max((len(parts) for parts in above.values()), default=0)
    for count in range(1, depth + 1):
        names = {file: _name(Path(*parts[-count:], file.name)) for file, parts in above.items()}
        if len(set(names.values())) == len(names):
            return [replace(file, name=names.get(file, file.name)) for file in files]
    return files


# --- their bytes ----------------------------------------------------------------------------------


def fetch(file: ArticleFile) -> bytes:
    """The bytes of an article file; raises UnreadableArticle if it is no regular file, or too large."""
    if not file.path:
        return _limited(file.name, sys.stdin.buffer.read(MAX_BYTES + 1))
    try:
        # O_NONBLOCK: a pipe that nobody writes to must not stop the build before fstat can refuse it.
        handle = os.open(file.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as stream:
            regular = stat.S_ISREG(os.fstat(handle).st_mode)
            content = stream.read(MAX_BYTES + 1) if regular else b""
    except OSError as error:
        raise UnreadableArticle(f"{file.name}: cannot be read: {error.strerror}: check its permissions") from error
    if not regular:
        raise UnreadableArticle(f"{file.name}: is no regular file: pipe its text in and name it -")
    return _limited(file.name, content)


def _limited(name: str, content: bytes) -> bytes:
    if len(content) > MAX_BYTES:
        raise UnreadableArticle(f"{name}: is larger than {MAX_BYTES // 1_000_000} MB: split it into articles")
    return content


# --- their text -----------------------------------------------------------------------------------


def read(file: ArticleFile, content: bytes) -> Article:
    """The article that `content` holds; raises UnreadableArticle when it holds no text."""
    text = decode(file.name, _limited(file.name, content))
    metadata, body = front_matter(text)
    prose, headings = compose(text, body, _suffix(Path(file.name).name) in _MARKDOWN)
    if not prose.text.strip():
        raise UnreadableArticle(f"{file.name}: is empty: remove it or fill it")
    sentences = segment(prose, headings)
    return Article(
        file=file.name,
        path=file.path,
        text=text,
        prose=prose,
        sentences=sentences,
        metadata=metadata,
        sha256=hashlib.sha256(content).hexdigest(),
        title=metadata.get("title") or title(prose, sentences),
    )


_MAGIC = {b"%PDF-": "a PDF", b"PK\x03\x04": "a ZIP or Office file", b"\x1f\x8b": "a gzip file", b"{\\rtf": "RTF"}
_MARKS = (  # byte order marks, the longer first: UTF-32 begins as UTF-16 does
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\x0b\x0c\r\x1a\x1b")


def decode(name: str, content: bytes) -> str:
    """The text of a file, its byte order mark kept: UTF-8, else UTF-16/32 by their mark, else the likeliest encoding.

    Raises UnreadableArticle for binary content.
    """
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            raise UnreadableArticle(f"{name}: is {what}: save its text as UTF-8")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(name, content, encoding)
    if b"\x00" in content or len(content) - len(content.translate(None, _CONTROLS)) > len(content) / 100:
        raise UnreadableArticle(f"{name}: is binary: save its text as UTF-8")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(name, content)


def _strict(name: str, content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableArticle(f"{name}: begins as {encoding} but is not: save it as UTF-8") from error
    if "\x00" in text:
        raise UnreadableArticle(f"{name}: is binary: save its text as UTF-8")
    return text


def _guessed(name: str, content: bytes) -> str:
    """Windows-1252 where the text is nearly all ASCII, else what charset-normalizer finds.

    The WHATWG encoding standard reads unlabelled western pages as windows-1252; charset-normalizer takes them
    for cp1250 or worse when only a few quotation marks and accents speak.
    """
    high = len(content) - len(content.translate(None, bytes(range(128, 256))))
    if high * 10 < len(content):
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    if best is None:
        raise UnreadableArticle(f"{name}: its encoding is not known: save it as UTF-8")
    return str(best)


# --- front matter ---------------------------------------------------------------------------------

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.DOTALL | re.MULTILINE)
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


def front_matter(text: str) -> tuple[Mapping[str, str], int]:
    """The values of a YAML block that opens a text, keys in lower case, and where the body starts.

    Lists are joined with ", ", nested tables are left out; what is no YAML table of named values is text.
    """
    match = _FRONT.match(text[:_FRONT_LIMIT])
    if not match:
        return {}, 0
    loaded = _yaml(match[1])
    if not isinstance(loaded, dict) or not all(isinstance(key, str) and _KEY.fullmatch(key) for key in loaded):
        return {}, 0
    values: dict[str, str] = {}
    for key, value in loaded.items():
        parts = value if isinstance(value, list) else [value]
        if not isinstance(value, dict):
            values[key.lower()] = ", ".join(" ".join(part.split()) for part in parts if isinstance(part, str))
    return values, match.end()
