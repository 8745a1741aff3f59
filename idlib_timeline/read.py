"""Files -> articles: which files hold articles, their parts, their text and prose.

The stored text is the document's own, nothing stripped; what readers see is made from it by `prose`.
"""

import hashlib
import io
import os
import stat
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from . import forms
from .errors import InputError, UnreadableArticle
from .forms import Fault
from .model import Article, ArticleFile, Part
from .prose import compose
from .sentences import segment, title

__all__ = ["STDIN", "Fault", "digest", "discover", "name_apart", "parts", "read"]

STDIN = "stdin"  # the name of the article read from standard input

_CONTEXT = "publications.csv"
_MOST = 200_000_000  # bytes read from a pipe, which may hold many articles


# --- which files ----------------------------------------------------------------------------------


def discover(paths: Sequence[str]) -> tuple[ArticleFile, ...]:
    """The article files that `paths` name, sorted by name, each file once.

    Folders are searched recursively for files of the known forms; hidden files, `publications.csv`, other suffixes,
    what a browser saved beside a page, symbolic links to folders or out of the named folder, and everything that is no
    regular file are passed over.
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
            raise InputError(f"{given}: holds no article: put .txt, .md, .html or other files there, or name its files")
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
                if not _belongs_to_page(entry):
                    pending.append(entry)
            elif entry.name == _CONTEXT or forms.suffix(entry.name) not in forms.SUFFIXES or not entry.is_file():
                continue
            elif linked:
                links.append(entry)
            else:
                yield entry
    yield from (link for link in links if home in link.resolve().parents)


def _belongs_to_page(folder: Path) -> bool:
    """Whether a browser saved it with a page, for its pictures and frames ("Report_files" beside "Report.html")."""
    page = folder.name.removesuffix("_files")
    return page != folder.name and any(folder.with_name(page + ending).exists() for ending in (".html", ".htm"))


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


# --- their parts ----------------------------------------------------------------------------------


def parts(file: ArticleFile, fields: Mapping[str, str] | None = None) -> Iterator[tuple[ArticleFile, Part | Fault]]:
    """The articles of a file, each with the name it goes by (`dump.jsonl#17`), in order; `fields` as for `read`.

    Raises UnreadableArticle when the file cannot be read at all, or not further.
    """
    with _opened(file) as stream:
        form = forms.form_of(Path(file.name).name, stream.peek(4096)[:4096])
        for part in forms.parts(file.name, stream, form, fields):
            yield _part_of(file, part.part if isinstance(part, Fault) else part.name), part


def _part_of(file: ArticleFile, part: str) -> ArticleFile:
    return replace(file, name=f"{file.name}#{part}", part=part) if part else file


def _opened(file: ArticleFile) -> io.BufferedReader:
    """The bytes of a file; raises UnreadableArticle for what is no regular file."""
    if not file.path:
        return io.BufferedReader(io.BytesIO(sys.stdin.buffer.read(_MOST)))
    try:
        # O_NONBLOCK: a pipe that nobody writes to must not stop the build before fstat can refuse it.
        handle = os.open(file.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        stream = os.fdopen(handle, "rb")
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return stream
        stream.close()
    except OSError as error:
        raise UnreadableArticle(f"{file.name}: cannot be read: {error.strerror}: check its permissions") from error
    raise UnreadableArticle(f"{file.name}: is no regular file: pipe its text in and name it -")


# --- their text -----------------------------------------------------------------------------------


def read(file: ArticleFile, part: Part, fields: Mapping[str, str] | None = None) -> Article:
    """The article that a part holds; `fields` maps our names to a record's keys. Raises UnreadableArticle."""
    document = forms.document(file.name, part, fields or {})
    prose, headings = compose(document.text, document.body, document.markdown)
    if not prose.text.strip():
        raise UnreadableArticle(f"{file.name}: is empty: remove it or fill it")
    sentences = segment(prose, headings)
    return Article(
        file=file.name,
        path=file.path,
        text=document.text,
        prose=prose,
        sentences=sentences,
        details=document.details,
        stated=document.stated,
        sha256=digest(part),
        title=document.details.get("title") or title(prose, sentences),
    )


def digest(part: Part) -> str:
    """The SHA-256 of a part's bytes, in hexadecimal: of the file, when the file is one article."""
    return hashlib.sha256(part.content).hexdigest()
