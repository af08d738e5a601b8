"""Bytes to text without a guess: BOM, strict UTF-8, the declared label, GB18030, or a refusal."""

from __future__ import annotations

import codecs
import re

from yusuan.errors import DocumentError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_COMMON = re.compile("预算|决算|支出|收入|部门|单位|万元|的")


def decode(data: bytes, name: str, label: str = "") -> str:
    """The text of `data` with LF line ends and no BOM.

    A label of gb2312 or gbk is read as GB18030, its superset. Raises DocumentError for binary data, for
    bytes no candidate decodes strictly, and for a result that is not Chinese text.
    """
    encoding, text = _decode(data, name, label)
    if _CONTROL.search(text):
        raise DocumentError(f"binary data, not text (read as {encoding}); convert it to one of the formats read", name)
    if not _HAN.search(text) or (encoding == "gb18030" and not _COMMON.search(text)):
        raise DocumentError(f"no Chinese text of a budget in it (read as {encoding})", name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes, name: str, label: str) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return encoding, data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
            except UnicodeDecodeError as error:
                raise DocumentError(f"marked as {encoding} but broken at byte {error.start}", name) from None
    if (cut := _cut_character(data)) is not None:
        raise DocumentError(f"truncated: the last character is cut off at byte {cut}", name)
    label = label.strip().lower().replace("_", "-")
    if label in {"gb2312", "gbk", "x-gbk", "hz-gb-2312", "gb18030", "cp936"}:
        label = "gb18030"
    for encoding in dict.fromkeys(["utf-8", label, "gb18030"]):
        if encoding and _known(encoding):
            try:
                return encoding, data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise DocumentError("neither UTF-8 nor GB18030 text; save it as UTF-8", name)


def _cut_character(data: bytes) -> int | None:
    """Where the last character begins, if the bytes are UTF-8 up to it and it is incomplete."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > 3:
            return error.start
    return None


def _known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True
