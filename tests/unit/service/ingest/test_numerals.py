"""Numbers in the styles of Word's automatic lists."""

import pytest

from service.ingest.word.numerals import format_number


@pytest.mark.parametrize(
    ("value", "style", "printed"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCounting", "一百零五"),
        (1010, "chineseCounting", "一千零一十"),
        (0, "chineseCounting", "零"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (20, "ideographDigital", "二〇"),
        (3, "ideographTraditional", "丙"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (14, "upperRoman", "XIV"),
        (4, "bullet", ""),
        (4, "unheardOf", "4"),
        (-1, "chineseCounting", "-1"),
        (10000, "chineseCounting", "10000"),
    ],
)
def test_numbers(value, style, printed):
    assert format_number(value, style) == printed
