"""Numbers the way Word prints them in automatic lists."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MAX = 9999


def format_number(value: int, style: str) -> str:
    """Print `value` in a number format of WordprocessingML; an unknown format prints digits.

    Args:
        value: the count; below 0 or above 9999 it is printed in digits.
        style: the value of ``w:numFmt``, such as ``chineseCounting``.
    """
    if not 0 <= value <= _MAX:
        return str(value)
    return _STYLES.get(style, str)(value)


def chinese(value: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """Print a number from 0 to 9999 in Chinese: 12 is 十二, 105 is 一百零五."""
    if value == 0:
        return digits[0]
    result, zero = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit == 0:
            zero = bool(result)
            continue
        result += digits[0] if zero else ""
        zero = False
        result += digits[digit] + (units[power - 1] if power else "")
    return result[1:] if result.startswith("一十") else result


def _letters(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else "0"


def _roman(value: int) -> str:
    result = ""
    for amount, letters in _ROMAN:
        result += letters * (value // amount)
        value %= amount
    return result


def _circled(value: int) -> str:
    return chr(0x2460 + value - 1) if 1 <= value <= 20 else str(value)


def _full_width(value: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)]


def _positional(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value)).replace("零", "〇")


def _nothing(_value: int) -> str:
    return ""


_STYLES: dict[str, Callable[[int], str]] = {
    "none": _nothing,
    "bullet": _nothing,
    "decimalZero": lambda value: f"{value:02}",
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "koreanCounting": chinese,
    "koreanDigital2": _positional,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "chineseLegalSimplified": lambda value: chinese(value, _LEGAL, "拾佰仟"),
    "ideographLegalTraditional": lambda value: chinese(value, _LEGAL, "拾佰仟"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
}
