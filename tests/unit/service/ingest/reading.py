"""What the tests of the readers ask of a document."""

import pytest

from service.domain.errors import InputError
from service.ingest.limits import Limits
from service.ingest.reader import FileReader


def read(data, name, **limits):
    return FileReader(Limits(**limits)).read(data, name=name)


def texts(document):
    return [block.span.of(document.text) for block in document.blocks]


def grids(document):
    return [
        [[None if cell is None else cell.of(document.text) for cell in row] for row in table.rows]
        for table in document.tables
    ]


def refused(error, data, name, **limits):
    """Check that reading raises exactly `error`, and return its Chinese detail."""
    with pytest.raises(InputError) as caught:
        read(data, name, **limits)
    assert type(caught.value) is error, caught.value.detail
    assert name in caught.value.detail
    return caught.value.detail
