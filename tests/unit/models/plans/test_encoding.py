"""Items are encoded in the shape of the contract."""

from __future__ import annotations

from datetime import date

from corpora.schema.codec import encode_item
from models.plans.extract import extract_items


def test_an_item_has_the_fields_of_the_contract() -> None:
    (item,) = extract_items("1.台账不清。责任单位：县财政局；整改时限：2023年6月前", reference_date=date(2023, 3, 20))

    encoded = encode_item(item)

    assert encoded["problem"] == "台账不清"
    assert encoded["subjects"] == [
        {
            "role": "responsible",
            "kind": "unit",
            "name": "县财政局",
            "title": None,
            "unit": None,
            "start": 12,
            "end": 16,
            "origin": "grammar",
        }
    ]
    assert encoded["deadlines"] == [
        {
            "raw": "2023年6月前",
            "start": 22,
            "end": 30,
            "kind": "by",
            "due": "2023-06-30",
            "from": None,
            "offset": None,
            "anchor": None,
            "recurrence": None,
            "ongoing": False,
            "alt_due": "2023-05-31",
            "precision": "month",
            "ambiguous": True,
            "approximate": False,
            "business_days": False,
            "origin": "grammar",
        }
    ]
    assert (encoded["measures"], encoded["status"], encoded["start"], encoded["end"]) == ([], None, 0, 30)
