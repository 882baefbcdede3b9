"""Number formats of spreadsheets, as far as they change which characters a reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Formats that files name by number alone, with what the Chinese programs print for them.
BUILT_IN: dict[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    17: "mmm-yy",
    27: 'yyyy"年"m"月"',
    36: 'yyyy"年"m"月"',
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    50: 'yyyy"年"m"月"',
    52: 'yyyy"年"m"月"',
    57: 'yyyy"年"m"月"',
}
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_CORE = re.compile(r"(?P<whole>[#0?,]*[#0?])(?:\.(?P<decimals>[#0?]+))?")
_LITERAL_CHARACTERS = " -+()（）￥¥$%第约共个项天年月日人次件元万亿户村家份页条"
_MOST_DECIMALS = 15


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a number is printed.

    Attributes:
        before: what is printed before the digits.
        after: what is printed after them.
        digits: least number of digits before the point.
        decimals: least and most digits after it.
        grouped: whether thousands are kept apart by commas.
        percent: whether hundredths are printed.
    """

    before: str
    after: str
    digits: int
    decimals: tuple[int, int]
    grouped: bool
    percent: bool

    def printed(self, value: float) -> str:
        """Return `value` as the format prints it; negative numbers get a minus sign."""
        least, most = self.decimals
        scaled = abs(value) * (100 if self.percent else 1)
        whole, _, fraction = f"{scaled:.{most}f}".partition(".")
        fraction = fraction[:least] + fraction[least:].rstrip("0")
        whole = whole.zfill(self.digits)
        if self.grouped:
            whole = f"{int(whole):,}"
        figures = f"{whole}.{fraction}" if fraction else whole
        sign = "-" if value < 0 and figures.strip("0.,") else ""
        return f"{sign}{self.before}{figures}{self.after}"


def read_format(code: str) -> NumberFormat | None:
    """Read a number format; ``None`` for the general one and for those that print no plain decimal number."""
    section = code.split(";", maxsplit=1)[0]
    if "E+" in section.upper() or "E-" in section.upper():
        return None
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or "")
        return "\x00"

    bare = _LITERAL.sub(keep, section)
    core = _CORE.search(bare)
    if core is None or _CORE.search(bare, core.end()) is not None:
        return None
    before, after = bare[: core.start()], bare[core.end() :]
    if any(char not in _LITERAL_CHARACTERS and char != "\x00" for char in before + after):
        return None
    words = iter(literals)
    whole, decimals = core["whole"], core["decimals"] or ""
    if whole.endswith(","):  # printed in thousands
        return None
    return NumberFormat(
        before="".join(next(words) if char == "\x00" else char for char in before).strip(),
        after="".join(next(words) if char == "\x00" else char for char in after).strip(),
        digits=whole.count("0") or 1,
        decimals=(decimals.count("0"), min(len(decimals), _MOST_DECIMALS)),
        grouped="," in whole,
        percent="%" in before + after,
    )


def prints_no_day(code: str) -> bool:
    """Say whether a date format prints a year and a month but no day, as ``2024年6月`` is stored."""
    bare = _LITERAL.sub("", code.split(";", maxsplit=1)[0]).lower()
    return any(mark in bare for mark in "ye") and "m" in bare and not any(mark in bare for mark in "dhs")
