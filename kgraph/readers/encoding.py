"""Bytes to text: which encoding a file is in, and which characters a text may hold.

A file says little about its encoding and is often wrong where it does. Bytes that are valid UTF-8 are UTF-8 (a text
in another encoding almost never is); after that comes what the file declares, then cp1252, which most Western files
without declaration are in, then charset-normalizer's guess.
"""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from kgraph.readers.source import UnreadableError

_BOMS = (  # UTF-32 before UTF-16: its little-endian mark begins with the other's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 256 * 1024  # bytes from which an encoding is guessed

# What files that are not text begin with. Named, because "save it as .docx" helps more than "binary".
_SIGNATURES = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an office format other than DOCX"),
    (b"\xd0\xcf\x11\xe0", "an old binary Office file; save it as .docx"),
    (b"{\\rtf", "an RTF file; save it as .docx or as text"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text that `data` holds, as it stands there (see `clean`). Raises UnreadableError where it holds none.

    `declared` is the encoding that the file claims for itself, if it does; it is believed only where it fits.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_without_cut_end(data[len(mark) :], encoding))
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(f"not a text: {what}")
    if b"\0" in data:
        return _checked(_utf16_without_mark(data))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        return _checked(data.decode("utf-8", "replace"))
    if declared and (text := _try(data, declared)) is not None and not _C1.search(text):
        return _checked(text)
    if (text := _try(data, "cp1252")) is not None and not _UNLIKELY_CP1252.search(text) and _mostly_ascii(text):
        return _checked(text)
    guess = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if guess is None:
        raise UnreadableError("not a text, or in an encoding that cannot be told")
    # The sample may have been cut inside a character and the rest may hold stray bytes: those become U+FFFD.
    return _checked(data.decode(guess.encoding, "replace"))


def clean(text: str) -> str:
    """The text with newlines as "\\n" and without characters that XML 1.0 and JSON cannot hold.

    Carriage returns and their pairs become "\\n", as do Unicode's line separators; other control characters become a
    space, and lone surrogates and noncharacters U+FFFD, one for one, so that offsets do not shift.
    """
    return _ODD.sub(_plain, newlines(text))


def newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _plain(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029":
        return "\n"
    return " " if ord(character) < 0xA0 or character == "\ufeff" else "\ufffd"


_ODD = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")
# In cp1252, letters of other encodings show as symbols inside words ("Za¿ó³æ") or as capitals after small letters
# ("councilÕs"). A curly quote there is an apostrophe and right.
_UNLIKELY_CP1252 = re.compile(r"[a-zà-ÿ][¡¢¤¥¦¨ª¬\xad¯±²³´µ¶¸¹º¼½¾¿×÷À-ÞŸŽŠŒƒ†‡ˆ˜][^\W\d_]|[a-z][À-Þ](?![^\W\d_])")


def _checked(text: str) -> str:
    """The text, without mark; refused where it is binary that happened to decode."""
    controls = len(_BINARY.findall(text[:_SAMPLE]))
    if "\0" in text or controls > 0.01 * min(len(text), _SAMPLE):
        raise UnreadableError("not a text: binary data")
    return text.removeprefix("\ufeff")


_BINARY = re.compile("[\x01-\x08\x0e-\x1a\x7f]")


def _without_cut_end(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") > 1 + len(text) // 1000:
        raise UnreadableError(f"not a text: marked as {encoding} but damaged")
    return text


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 of a mostly Latin text has its zero bytes at odd (little-endian) or at even places, never at both."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    encoding = "utf-16-le" if odd > 0.5 * half and not even else "utf-16-be" if even > 0.5 * half and not odd else None
    text = _try(data[: len(data) - len(data) % 2], encoding) if encoding else None
    if text is None:
        raise UnreadableError("not a text: it holds NUL bytes")
    return text


def _mostly_utf8(data: bytes) -> bool:
    """Whether this is UTF-8 with a few damaged bytes: more characters of two bytes and more are whole than broken."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text))
    return whole > 2 * broken


def _mostly_ascii(text: str) -> bool:
    return len(re.findall(r"[^\x00-\x7f]", text[:_SAMPLE])) < 0.25 * min(len(text), _SAMPLE)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
