"""From bytes to text: which character encoding a plain text is in."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.errors import BrokenDocument

_REPLACEMENT = "\ufffd"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABELS = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    "big5hkscs": "Big5",
}
#: Names of encodings in web pages and mails; GB 2312 and GBK are read as GB 18030, which holds both.
_DECLARED = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "ms936", "euc-cn", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-x-big5"), "big5hkscs"),
}
#: At most one character in so many may be undecodable or a control character.
_MAX_DAMAGE = 1 / 200
#: Share of everyday characters that a text in a guessed encoding must have.
_MIN_PLAUSIBLE = 0.7
_SAMPLE = 20_000
#: Without a byte order mark, shorter UTF-16 is not told from other bytes.
_MIN_UTF16_BYTES = 12
_TEXT_CONTROLS = "\t\n\v\f\r\x1a\x1c\x1d\x1e\x1f\x85"
_GB2312_LEVEL_1 = range(0xB0, 0xD8)


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text with the encoding it was in.

    Attributes:
        encoding: Python's name of the encoding, without its byte order mark.
        warnings: Chinese sentences on what was guessed or lost.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Attempt:
    text: str
    encoding: str
    cut: bool


def decode(data: bytes) -> DecodedText:
    """Decode a text in UTF-8, UTF-16, UTF-32 or the GB 18030 family (GBK and GB 2312 are parts of it).

    Raises:
        BrokenDocument: if the bytes are no text in any of these encodings.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_attempt(data[len(mark) :], encoding), guessed=False)
    if b"\x00" not in data:
        attempt = _attempt(data, "utf-8")
        if _damage(attempt.text) == 0:
            return _checked(attempt, guessed=False)
    guesses = [_attempt(data, encoding) for encoding in _guessable(data)]
    best = max(guesses, key=lambda attempt: _plausibility(attempt.text))
    if _plausibility(best.text) < _MIN_PLAUSIBLE:
        raise BrokenDocument(
            "内容不是可识别的文字（既不是 UTF-8，也不是 GB18030 或 UTF-16），请确认文件是纯文本，另存为 UTF-8 编码后再上传"
        )
    return _checked(best, guessed=True)


def decode_declared(data: bytes, declared: str) -> DecodedText:
    """Decode a text whose source names its encoding; the bytes have the last word.

    A byte order mark, text that is UTF-8 throughout, and bytes that do not fit the name overrule it.

    Args:
        data: the text's bytes.
        declared: the name that the source gives; an unknown or empty one counts for nothing.

    Raises:
        BrokenDocument: if the bytes are no text in any known encoding.
    """
    encoding = _DECLARED.get(declared.strip().lower())
    if encoding is None or data.startswith(tuple(mark for mark, _ in _BOMS)):
        return decode(data)
    attempt = _attempt(data, encoding)
    damage = _damage(attempt.text)
    fits = damage <= max(1, len(attempt.text)) * _MAX_DAMAGE and "\x00" not in attempt.text
    if fits and (encoding == "utf-8" or data.isascii() or _damage(_attempt(data, "utf-8").text)):
        return DecodedText(attempt.text, encoding, tuple(_warnings(attempt, damage, guessed=False)))
    found = decode(data)
    notice = f"文件声明的编码是 {declared.strip()[:20]}，实际按 {_LABELS[found.encoding]} 读取"
    return DecodedText(found.text, found.encoding, (notice, *(w for w in found.warnings if not w.startswith("编码按"))))


def check_text(text: str) -> None:
    """Refuse characters that no text can hold.

    Raises:
        BrokenDocument: if there are NUL characters or lone surrogates.
    """
    if "\x00" in text:
        raise BrokenDocument("内容含有空字符（NUL），不是纯文本，请另存为 UTF-8 编码的纯文本后再上传")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise BrokenDocument("内容含有不完整的字符（孤立的代理码位），请另存为 UTF-8 编码的纯文本后再上传")


def _checked(attempt: _Attempt, *, guessed: bool) -> DecodedText:
    check_text(attempt.text)
    damage = _damage(attempt.text)
    if damage > max(1, len(attempt.text)) * _MAX_DAMAGE:
        raise BrokenDocument(
            f"按 {_LABELS[attempt.encoding]} 编码读取时有 {damage} 处乱码，文件可能已损坏或不是纯文本，请重新保存后上传"
        )
    return DecodedText(attempt.text, attempt.encoding, tuple(_warnings(attempt, damage, guessed=guessed)))


def _warnings(attempt: _Attempt, damage: int, *, guessed: bool) -> Iterator[str]:
    if guessed:
        yield f"编码按 {_LABELS[attempt.encoding]} 识别"
    if damage:
        yield f"有 {damage} 处字符无法识别，读取结果可能有误"
    if attempt.cut:
        yield "文件末尾有一个不完整的字符，已忽略，文件可能被截断"


def _guessable(data: bytes) -> Iterator[str]:
    if b"\x00" not in data:
        yield "utf-8"
        yield "gb18030"
    if len(data) >= _MIN_UTF16_BYTES or b"\x00" in data:
        yield "utf-16-le"
        yield "utf-16-be"


def _attempt(data: bytes, encoding: str) -> _Attempt:
    """Decode with replacement marks; an incomplete last character is left off instead."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    text = decoder.decode(data, final=False)
    cut = bool(decoder.getstate()[0])
    if encoding.startswith("utf") and text.startswith("\ufeff"):
        text = text[1:]
    return _Attempt(text, encoding, cut)


def _damage(text: str) -> int:
    """Count replacement marks and control characters that no text editor writes."""
    return sum(
        char == _REPLACEMENT or (char < "\xa0" and not char.isprintable() and char not in _TEXT_CONTROLS)
        for char in text
    )


def _plausibility(text: str) -> float:
    """Return the share of everyday characters, from 0 to 1."""
    sample = text[:_SAMPLE]
    return sum(map(_is_everyday, sample)) / len(sample) if sample else 0.0


def _is_everyday(char: str) -> bool:
    code = ord(char)
    if code < 0x80:
        return char.isprintable() or char in _TEXT_CONTROLS
    if 0x3000 <= code <= 0x303F or 0xFF01 <= code <= 0xFF5E or char in "“”‘’—…·×℃①②③④⑤⑥⑦⑧⑨⑩":
        return True
    if not 0x4E00 <= code <= 0x9FFF:
        return False
    return char.encode("gb2312", errors="replace")[0] in _GB2312_LEVEL_1
