"""Chinese numerals: plain, positional (二〇二三), full-width, banker's (贰拾) and contracted (廿, 卅)."""

from __future__ import annotations

import unicodedata

#: Pattern of a number from 0 to 99 inside a date, Arabic or Chinese.
SMALL = r"(?:\d{1,2}|[〇零○一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾]{1,4})"
#: Pattern of a counting number inside a duration or a frequency.
CARDINAL = r"(?:\d{1,4}|[〇零一二两三四五六七八九十廿卅百壹贰叁肆伍陆柒捌玖拾佰]{1,5})"
#: Pattern of a year written with four digits, Arabic or Chinese.
YEAR = r"(?:(?:19|20|21)\d\d|[一二壹贰][〇零○ＯOo九玖][〇零○ＯOo一二三四五六七八九壹贰叁肆伍陆柒捌玖]{2})"

_LONGEST = 24
_DIGITS = {
    **{character: value for value, character in enumerate("0123456789")},
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **dict.fromkeys("○OoＯ", 0),
    "两": 2,
    "贰": 2,
    "貳": 2,
    "弍": 2,
    "叄": 3,
    "陸": 6,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_CONTRACTIONS = str.maketrans({"廿": "二十", "卅": "三十", "卌": "四十"})


def parse_number(text: str) -> int | None:
    """Return the whole number that `text` writes out, or None if it is not one.

    Args:
        text: nothing but the numeral: ``"23"``, ``"２３"``, ``"二十三"``, ``"廿三"``, ``"贰拾叁"``,
            ``"二〇二三"`` (read digit by digit) or ``"3万5千"``; spaces and thousands commas are ignored.

    Returns:
        The value (0 or greater), or None for anything else, numerals of more than 24 characters included.
    """
    characters = unicodedata.normalize("NFKC", text[: _LONGEST + 1]).translate(_CONTRACTIONS)
    characters = characters.replace(" ", "").replace(",", "")
    if not characters or len(characters) > _LONGEST or len(text) > _LONGEST:
        return None
    digits = [_DIGITS.get(character) for character in characters]
    if None not in digits:
        return int("".join(str(digit) for digit in digits))
    return _parse_units(characters)


def _parse_units(characters: str) -> int | None:
    """Evaluate a numeral with units (十 … 亿); None where the order of units makes no sense."""
    total = 0
    for group in ("亿億", "万萬"):
        at = max(characters.find(sign) for sign in group)
        if at < 0:
            continue
        head = _parse_section(characters[:at]) if at else None
        if head is None or head == 0:
            return None
        total += head * _GROUPS[characters[at]]
        characters = characters[at + 1 :]
    if not characters:
        return total
    section = _parse_section(characters)
    return None if section is None else total + section


def _parse_section(characters: str) -> int | None:
    """Evaluate a numeral below ten thousand (or any run of Arabic digits)."""
    if characters.isascii() and characters.isdigit():
        return int(characters)
    value, ceiling, at = 0, 10_000, 0
    while at < len(characters):
        start = at
        while at < len(characters) and characters[at] in _DIGITS:
            at += 1
        figure = _parse_figure(characters[start:at])
        unit = _UNITS.get(characters[at]) if at < len(characters) else 1
        if unit is None or figure is None or unit >= ceiling:
            return None
        if start == at and (unit != 10 or ceiling < 10_000):
            return None
        value += figure * unit
        ceiling = unit
        at += 1
    return value


def _parse_figure(digits: str) -> int | None:
    """Return the multiplier before a unit: one digit, zeros allowed in front, 1 if nothing is printed."""
    if not digits:
        return 1
    if digits.isascii() and digits.isdigit():
        return int(digits)
    significant = digits.lstrip("零〇○")
    if len(significant) > 1:
        return None
    return _DIGITS[significant] if significant else 0
