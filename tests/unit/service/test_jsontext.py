"""JSON as users send it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import InvalidRequest
from service.domain.jsontext import parse_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(VALUES, st.booleans(), st.booleans())
def test_valid_json_is_read_as_it_is(value: object, escaped: bool, marked: bool) -> None:
    data = json.dumps(value, ensure_ascii=escaped).encode("utf-8-sig" if marked else "utf-8")

    assert parse_json(data) == value


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:\\u d89f0eE+-NaIfinty1', max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused_and_what_is_read_can_be_written(data: bytes) -> None:
    try:
        value = parse_json(data)
    except InvalidRequest:
        return

    assert json.dumps(value, ensure_ascii=False).encode()
