"""JSON as users send it: strict UTF-8, no NaN, no half characters; errors name the place in Chinese."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from service.domain.errors import InvalidRequest

_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse_json(data: bytes) -> object:
    """Parse JSON in UTF-8; a byte order mark is allowed.

    Raises:
        InvalidRequest: saying where it is not JSON; also for NaN and infinities, for numbers and nestings that
            are beyond reason, and for lone surrogates, which no UTF-8 answer could repeat.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidRequest(f"不是 UTF-8 编码：第 {error.start + 1} 个字节有误") from error
    if not text.strip():
        raise InvalidRequest("内容是空的，应为 JSON")
    try:
        value: object = json.loads(text, parse_constant=_refuse_constant)
        half = _SURROGATE_ESCAPE.search(text) and _SURROGATE.search(json.dumps(value, ensure_ascii=False))
    except json.JSONDecodeError as error:
        line = f"第 {error.lineno} 行" if "\n" in text.strip() else ""
        raise InvalidRequest(f"不是合法的 JSON：{line}第 {error.colno} 个字符附近有误") from error
    except RecursionError as error:
        raise InvalidRequest("JSON 嵌套层数过多") from error
    except ValueError as error:
        raise InvalidRequest("JSON 中的整数位数过多") from error
    if half:
        raise InvalidRequest("JSON 中有不完整的字符（孤立的代理码位，如 \\ud800）")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidRequest(f"JSON 中不能有 {name}")
