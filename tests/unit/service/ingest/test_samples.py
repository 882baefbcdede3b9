"""The committed sample documents read as their expected results say."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import corpora.documents
from corpora.documents.build import build
from corpora.schema.document import BlockKind
from service.ingest.limits import Limits
from service.ingest.reader import FileReader
from tests.unit.service.ingest.reading import grids

FOLDER = Path(corpora.documents.__file__).parent
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
READER = FileReader(Limits())


@pytest.fixture(params=sorted(EXPECTED))
def sample(request):
    name = request.param
    return READER.read((FOLDER / name).read_bytes(), name=name), EXPECTED[name]


def test_counts_and_format(sample):
    document, expected = sample
    found = (document.format, document.encoding, document.pages, len(document.text), len(document.blocks))
    assert found == tuple(expected[key] for key in ("format", "encoding", "pages", "characters", "blocks"))
    assert list(document.warnings) == expected["warnings"]


def test_headings(sample):
    document, expected = sample
    headings = [b for b in document.blocks if b.kind is BlockKind.HEADING]
    assert [[b.level, b.span.of(document.text)] for b in headings] == expected["headings"]


def test_table_grids_with_merged_cells_repeated(sample):
    document, expected = sample
    assert grids(document) == expected["tables"]


def test_key_strings(sample):
    document, expected = sample
    assert [text for text in expected["contains"] if text not in document.text] == []
    assert [text for text in expected["lacks"] if text in document.text] == []


def test_building_again_gives_the_committed_samples(tmp_path):
    built = {path.name: path for path in build(tmp_path)}
    assert built.keys() == EXPECTED.keys()
    for name, path in built.items():
        again, committed = (READER.read(p.read_bytes(), name=name) for p in (path, FOLDER / name))
        assert (again.text, again.tables) == (committed.text, committed.tables), name


def test_the_same_content_reads_alike_in_two_formats():
    word, plain = (READER.read((FOLDER / name).read_bytes(), name=name) for name in ("feedback.docx", "feedback.txt"))
    assert [b.span.of(word.text) for b in word.blocks] == [b.span.of(plain.text) for b in plain.blocks]


def test_one_reader_serves_many_threads():
    files = [(FOLDER / name, name) for name in sorted(EXPECTED)] * 4
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda file: len(READER.read(file[0].read_bytes(), name=file[1]).text), files))
    assert found == [EXPECTED[name]["characters"] for _, name in files]
