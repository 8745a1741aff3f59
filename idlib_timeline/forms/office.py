"""Word documents (DOCX) -> their paragraphs, those of tables and text boxes included."""

import io
import zipfile
from typing import TYPE_CHECKING

from ..errors import UnreadableArticle
from ..model import Document, Part, Stated
from .fields import own_author, own_title

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MAX_UNPACKED = 200_000_000  # bytes of all files in the ZIP together
_OLD = b"\xd0\xcf\x11\xe0"  # the container of .doc, and of every Office file under a password
_TEMPLATE = "2013-12-23T23:15:00Z"  # the change of the template that python-docx starts every document from
_OTHERS = {
    "xl/workbook.xml": "an Excel workbook: save its sheet as CSV",
    "ppt/presentation.xml": "a PowerPoint presentation: save it as PDF",
    "mimetype": "an OpenDocument or EPUB file: save it as .docx or PDF",
}


def document(name: str, part: Part) -> Document:
    """The text of a DOCX, a blank line between paragraphs, what is deleted under review left out.

    Its date of change is `updated`; that of creation says nothing of an article. Raises UnreadableArticle.
    """
    _check(name, part.content)
    import docx

    try:
        word = docx.Document(io.BytesIO(part.content))
        text = _text(word)
        details, stated = _described(word)
    except Exception as error:  # python-docx names no errors for broken files: those of ZIP, XML and Python come out
        raise UnreadableArticle(f"{name}: is no readable Word document: save it as .docx again") from error
    if not text:
        raise UnreadableArticle(f"{name}: has no text: remove it, or run OCR over its pictures")
    return Document(text, {**part.details, **details}, (*stated, *part.stated))


def _check(name: str, content: bytes) -> None:
    """Raises UnreadableArticle for what is no DOCX, or a bomb."""
    if content.startswith(_OLD):
        raise UnreadableArticle(f"{name}: is an old Word file or under a password: save it as .docx without")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            files = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableArticle(f"{name}: is no readable Word document: save it as .docx again") from error
    names = {file.filename for file in files}
    if not any(file.startswith("word/document") for file in names):
        other = next((what for file, what in _OTHERS.items() if file in names), "a ZIP file: unpack it")
        raise UnreadableArticle(f"{name}: is {other}")
    if sum(file.file_size for file in files) > MAX_UNPACKED:
        raise UnreadableArticle(f"{name}: unpacks to more than {MAX_UNPACKED // 1_000_000} MB: save its text")


def _text(word: "WordDocument") -> str:
    """The paragraphs in document order.

    Runs are gathered by the paragraph around them, since python-docx passes over what stands in content controls,
    insertions under review and text boxes. A text box is stored twice: the fallback for old readers is left out, and so
    is what review has moved away.
    """
    from docx.oxml.ns import qn

    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    body = word.element.body
    paragraphs: dict[object, list[str]] = {paragraph: [] for paragraph in body.iter(qn("w:p"))}
    for run in body.iter(qn("w:r")):
        paragraph = next(run.iterancestors(qn("w:p")), None)
        if paragraph is not None and next(run.iterancestors(fallback, qn("w:moveFrom")), None) is None:
            paragraphs[paragraph].append(run.text)
    texts = ("".join(runs).strip() for runs in paragraphs.values())
    return "\n\n".join(filter(None, texts)).replace("\x00", "")


def _described(word: "WordDocument") -> tuple[dict[str, str], tuple[Stated, ...]]:
    from docx.opc.constants import RELATIONSHIP_TYPE

    relations = word.part.package.rels if word.part.package else {}
    if not any(relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for relation in relations.values()):
        return {}, ()  # python-docx would make properties up, dated today
    properties = word.core_properties
    details = {"title": own_title(properties.title), "author": own_author(properties.author)}
    modified = properties.modified
    value = f"{modified:%Y-%m-%dT%H:%M:%SZ}" if modified else ""
    stated = (Stated("updated", "the document's date of change", value),) if value and value != _TEMPLATE else ()
    return {key: text for key, text in details.items() if text}, stated
