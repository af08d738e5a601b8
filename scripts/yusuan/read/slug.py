"""Slugs of Chinese names: pinyin initials, letters and digits kept."""

from __future__ import annotations

import hashlib
import re

from pypinyin import Style, lazy_pinyin

from yusuan.read.text import fold

_LONGEST = 48
_RAW = "\0"


def slug(name: str) -> str:
    """Pinyin initials of a name: 人力资源和社会保障局 gives rlzyhshbzj. A long one is cut and hashed.

    A name without one letter, digit or Chinese character gives its digest alone.
    """
    parts = lazy_pinyin(fold(name), style=Style.NORMAL, errors=lambda raw: _RAW + raw)
    text = "".join(
        re.sub(r"[^a-z0-9]", "", part.lower()) if part.startswith(_RAW) else part[0].lower() for part in parts
    )
    text = re.sub(r"[^a-z0-9]", "", text)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}-{digest(name)}"
    return text or "x" + digest(name)


def digest(name: str) -> str:
    """Four hexadecimal digits of the SHA-256 of a folded name."""
    return hashlib.sha256(fold(name).encode()).hexdigest()[:4]
