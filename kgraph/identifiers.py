"""Identifiers made from content, so that the same content has the same identifier in every run."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for these parts, in this order."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16]


@lru_cache(maxsize=1 << 16)
def slug(value: str, length: int = 40) -> str:
    """Lower-case ASCII words of a name joined by hyphens, for IRIs a person can read."""
    ascii_text = unicodedata.normalize("NFKD", value.replace("’", "").replace("'", "")).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.decode().lower()).strip("-")[:length].rstrip("-")
