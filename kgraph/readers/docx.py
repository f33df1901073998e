"""DOCX (ECMA-376): paragraphs and tables in order, by python-docx. A table's row is a line of cells parted by tabs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as Docx
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from kgraph.documents import Document
from kgraph.readers.encoding import clean
from kgraph.readers.source import Failure, Source, UnreadableError

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_UNPACKED = 256 * 2**20
"""Bytes that a file may unpack to: a small file that unpacks to gigabytes is no document."""


def read(data: bytes, source: Source) -> Iterator[Document | Failure]:
    """The body's text; headers, footers and comments are left out. Raises UnreadableError.

    The title is the file's property, or the first paragraph in a title or heading style. The dates among the
    properties are those of the file, not of publication, so there is none.
    """
    document = _open(data)
    blocks = [block for item in document.iter_inner_content() if (block := _block(item))]
    if not blocks:
        raise UnreadableError("no text in the document")
    yield Document(
        id=source.id,
        text=clean("\n\n".join(blocks)),
        source=source.path,
        media_type=MEDIA_TYPE,
        title=_title(document),
    )


def _open(data: bytes) -> Docx:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError("an old binary Office file or an encrypted one; save it as a plain .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableError(f"unpacks to more than {MAX_UNPACKED // 2**20} MB")
            if "[Content_Types].xml" not in archive.namelist():
                raise UnreadableError("a ZIP archive, not a DOCX")
            if "word/document.xml" not in archive.namelist():
                raise UnreadableError("an office format other than DOCX")
        return docx.Document(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise UnreadableError("not a DOCX, or a truncated one") from error
    except UnreadableError:
        raise
    except Exception as error:  # python-docx and lxml raise what they meet in a damaged package
        raise UnreadableError(f"damaged DOCX ({type(error).__name__}: {error})") from error


def _block(item: Paragraph | Table) -> str:
    if isinstance(item, Paragraph):
        return item.text.strip()
    rows = ("\t".join(_cells(row.cells)) for row in item.rows)
    return "\n".join(row for row in rows if row.strip())


def _cells(cells: tuple[_Cell, ...]) -> Iterator[str]:
    """The text of a row's cells, a merged one once, each on one line."""
    before = None
    for cell in cells:
        if cell._tc is not before:
            yield " ".join(cell.text.split())
        before = cell._tc


def _title(document: Docx) -> str | None:
    if title := " ".join(document.core_properties.title.split()):
        return title
    for paragraph in document.paragraphs:
        style = paragraph.style.name if paragraph.style is not None else ""
        if paragraph.text.strip() and style and style.startswith(("Title", "Heading 1")):
            return " ".join(paragraph.text.split())
    return None
