"""Reduces RTF to text, fonts and marks: pictures, fields, headers and hidden text go, structure becomes marks."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from service.ingest.limits import Limits
from service.ingest.rtf.marks import NONCHARACTERS, Mark, write_mark

#: Two bytes of a GB character that stand in the file as they are; the second may look like markup.
_RAW_PAIR = r"[\x81-\xfe][\x40-\x7e\x80-\xfe]"
_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\x00]+"
    rf"|((?:{_RAW_PAIR}|[^\\{{}}\r\n\x00])+)"
)
_RAW = re.compile(rf"{_RAW_PAIR}|[\x80-\xff]")
_SKIPPED = frozenset(
    {
        *("colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer"),
        *("footerl", "footerr", "footerf", "footnote", "annotation", "fldinst", "datafield", "nonesttables", "shp"),
        *("shprslt", "do", "xe", "tc", "rxe", "txe", "private", "comment", "filetbl", "upr", "fonttbl", "background"),
    }
)
_PASSED = frozenset(
    {
        *("emdash", "endash", "emspace", "enspace", "qmspace", "bullet", "lquote", "rquote", "ldblquote", "rdblquote"),
    }
)
_MERGES = {"clvmgf": "v", "clvmrg": "V", "clmgf": "h", "clmrg": "H"}
#: Charsets of fonts that say more than the code page of the file does.
_CHARSETS = frozenset({128, 129, 134, 136, 161, 162, 163, 177, 178, 186, 204, 222, 238})
_MAX_FONTS = 2000
_CHINESE = "936"


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a group.

    Attributes:
        skipped: whether nothing of it is text.
        hidden: whether its text is hidden or deleted.
        label: whether it is the number of a list entry.
        nested: whether it holds the properties of a row of a nested table.
        fonts: whether it is the font table.
    """

    skipped: bool = False
    hidden: bool = False
    label: bool = False
    nested: bool = False
    fonts: bool = False


@dataclass(frozen=True, slots=True)
class Reduced:
    """RTF that holds text and marks only.

    Attributes:
        complete: whether every group is closed.
    """

    source: str
    complete: bool


def reduce_rtf(data: bytes, limits: Limits) -> Reduced:
    """Reduce an RTF file.

    Raises:
        DocumentTooLarge: if there is more text than allowed.
    """
    reducer = _Reducer(limits)
    source = data.decode("latin-1")
    place = 0
    while (match := _TOKEN.match(source, place)) is not None:
        place = match.end() + reducer.take(match)
        if reducer.closed:
            break
    return Reduced(reducer.result(), reducer.closed)


class _Reducer:
    """Takes token by token and keeps what holds where."""

    def __init__(self, limits: Limits) -> None:
        self.closed = False
        self._limits, self._out = limits, list[str]()
        self._group, self._stack = _Group(), list[_Group]()
        self._star = False
        self._page, self._default_font = _CHINESE, "0"
        self._fonts: dict[int, int] = {}
        self._font = 0
        self._level, self._in_table = "", False
        self._row: list[str] = []
        self._merge = ""
        self._units = 0.0

    def take(self, match: re.Match[str]) -> int:
        """Take one token; return how many characters after it are binary data."""
        word, argument, code, sign, brace, text = match.groups()
        star, self._star = self._star, sign == "*"
        if brace:
            self._take_brace(brace)
        elif word:
            if word == "bin":
                return max(0, int(argument or 0))
            self._take_word(word, argument or "", star=star)
        elif not (self._group.skipped or self._group.hidden):
            self._take_text(code, sign, text)
        return 0

    def result(self) -> str:
        """Return the reduced source."""
        fonts = "".join(f"{{\\f{font}\\fcharset{charset} x;}}" for font, charset in self._fonts.items())
        return f"{{\\rtf1\\ansi\\ansicpg{self._page}{{\\fonttbl{fonts}}}{''.join(self._out)}}}"

    def _take_brace(self, brace: str) -> None:
        if brace == "{":
            self._stack.append(self._group)
            if not self._group.skipped:
                self._out.append("{")
            return
        opened, self._group = self._group, self._stack.pop() if self._stack else _Group()
        if not self._group.skipped:
            self._out.append("}")
        if self._group.skipped and not opened.skipped:
            self._out.append(f"}}{write_mark(Mark.PARAGRAPH)}")
        self.closed = not self._stack

    def _take_word(self, word: str, argument: str, *, star: bool) -> None:
        if word in _SKIPPED or (star and word not in ("nesttableprops", "shpinst")):
            self._group = replace(self._group, skipped=True, fonts=word == "fonttbl")
        elif word == "shptxt" and self._group.skipped:
            self._out.append(f"{write_mark(Mark.PARAGRAPH)}{{")
            self._group = replace(self._group, skipped=False)
        elif self._group.fonts:
            self._take_font(word, argument)
        elif self._group.skipped:
            return
        elif word in ("v", "deleted"):
            self._group = replace(self._group, hidden=argument != "0")
        elif word in ("listtext", "pntext"):
            self._group = replace(self._group, label=True)
        elif word == "nesttableprops":
            self._group = replace(self._group, nested=True)
        elif not self._take_structure(word, argument):
            self._take_character(word, argument)

    def _take_font(self, word: str, argument: str) -> None:
        if word == "f" and argument.isdigit():
            self._font = int(argument)
        elif word == "fcharset" and argument.isdigit() and int(argument) in _CHARSETS and len(self._fonts) < _MAX_FONTS:
            self._fonts[self._font] = int(argument)

    def _take_structure(self, word: str, argument: str) -> bool:
        """Take a control word that shapes paragraphs or tables; say whether it was one."""
        match word:
            case "par" | "sect" | "page":
                self._out.append(write_mark(Mark.PARAGRAPH, f"{self._level},{int(self._in_table)}"))
            case "line":
                self._out.append(write_mark(Mark.LINE))
            case "cell":
                self._out.append(write_mark(Mark.CELL, self._level))
            case "row":
                self._out.append(write_mark(Mark.ROW, ";".join(self._row)))
            case "nestcell":
                self._out.append(write_mark(Mark.NESTED_CELL))
            case "nestrow":
                self._out.append(write_mark(Mark.NESTED_ROW))
            case "pard":
                self._level, self._in_table = "", False
            case "outlinelevel":
                self._level = argument if argument.isdigit() and int(argument) <= 8 else ""
            case "intbl":
                self._in_table = True
            case _:
                return self._take_row(word, argument)
        return True

    def _take_row(self, word: str, argument: str) -> bool:
        if word not in _MERGES and word not in ("trowd", "cellx"):
            return False
        if self._group.nested:
            return True
        if word == "trowd":
            self._row, self._merge = [], ""
        elif word == "cellx":
            self._limits.check_cells(len(self._row))
            self._row.append(f"{argument or 0}{self._merge}")
            self._merge = ""
        else:
            self._merge += _MERGES[word]
        return True

    def _take_character(self, word: str, argument: str) -> None:
        if word == "ansicpg":
            self._page = _code_page(argument)
        elif word == "deff" and argument.isdigit():
            self._default_font = argument
        elif word == "plain":
            self._group = replace(self._group, hidden=False)
            self._out.append(f"\\f{self._default_font} ")
        elif word in ("f", "uc") and argument.isdigit():
            self._out.append(f"\\{word}{argument} ")
        elif self._group.hidden:
            return
        elif word == "u":
            self._take_unicode(argument)
        elif word == "tab":
            self._out.append("" if self._group.label else " ")
        elif word in _PASSED:
            self._out.append(f"\\{word} ")

    def _take_unicode(self, argument: str) -> None:
        """Pass a Unicode character on, or a blank for one that is none, so that its substitute is still skipped."""
        value = int(argument or 0)
        value += 0x10000 if value < 0 else 0
        valid = 0x20 <= value <= 0xFFFF and value not in NONCHARACTERS
        self._count(1)
        self._out.append(f"\\u{value if valid else 0x200B} ")

    def _take_text(self, code: str | None, sign: str | None, text: str | None) -> None:
        if code:
            self._count(0.5)
            self._out.append(f"\\'{code}")
        elif sign and sign in "{}\\~_":
            self._out.append(f"\\{sign}")
        elif sign and sign in "\r\n":
            self._out.append(write_mark(Mark.PARAGRAPH, f"{self._level},{int(self._in_table)}"))
        elif text:
            self._count(len(text))
            self._out.append(_RAW.sub(lambda raw: "".join(f"\\'{ord(c):02x}" for c in raw.group()), text))

    def _count(self, units: float) -> None:
        """Count text on the way, twice at most: a Unicode character brings a substitute of one or two bytes."""
        self._units += units
        self._limits.check_characters(int(self._units / 2))


def _code_page(argument: str) -> str:
    try:
        codecs.lookup(f"cp{argument}")
    except LookupError:
        return _CHINESE
    return argument
