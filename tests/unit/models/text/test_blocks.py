from corpora.schema.document import Block, BlockKind, CellAddress, Document
from corpora.schema.span import Span
from models.text.blocks import document_outline, document_sentences, text_blocks

TEXT = (
    "青禾县财政局巡察整改方案\n"
    "一、反馈问题\n"
    "（一）主体责任虚置问题突出。柳湾镇未签\n责任书。\n"
    "— 1 —\n"
    "责任单位：县财政局"
)


def document(text, blocks):
    return Document(id="d1", name="方案.txt", format="txt", text=text, blocks=tuple(blocks))


def cell(start, end, row, column):
    return Block(Span(start, end), BlockKind.CELL, page=2, cell=CellAddress(0, row, column))


def test_plain_text_becomes_headings_and_joined_paragraphs():
    assert [(block.kind, block.level, block.span.of(TEXT)) for block in text_blocks(TEXT)] == [
        (BlockKind.HEADING, 0, "青禾县财政局巡察整改方案"),
        (BlockKind.HEADING, 1, "一、反馈问题"),
        (BlockKind.PARAGRAPH, None, "（一）主体责任虚置问题突出。柳湾镇未签\n责任书。"),
        (BlockKind.PARAGRAPH, None, "— 1 —"),
        (BlockKind.PARAGRAPH, None, "责任单位：县财政局"),
    ]


def test_sentences_of_a_document_skip_furniture_and_know_headings():
    sentences = document_sentences(document(TEXT, text_blocks(TEXT)))
    assert [(sentence.heading, sentence.span.of(TEXT)) for sentence in sentences] == [
        (True, "青禾县财政局巡察整改方案"),
        (True, "一、反馈问题"),
        (True, "（一）主体责任虚置问题突出。"),
        (False, "柳湾镇未签\n责任书。"),
        (False, "责任单位：县财政局"),
    ]


def test_cells_keep_their_address_and_page():
    text = "1\n台账不全。账实不符。\n2023.06.30\n县财政局"
    blocks = [cell(0, 1, 1, 0), cell(2, 12, 1, 1), cell(13, 23, 1, 2), cell(24, 28, 1, 3)]
    sentences = document_sentences(document(text, blocks))
    assert [sentence.span.of(text) for sentence in sentences] == ["台账不全。", "账实不符。", "县财政局"]
    assert [sentence.cell.column for sentence in sentences if sentence.cell] == [1, 1, 3]
    assert {sentence.page for sentence in sentences} == {2}
    assert not any(sentence.heading for sentence in sentences)


def test_a_block_its_source_calls_a_heading_is_one():
    text = "压实责任，确保整改、整治、整顿见底见效，取信于民，不负重托"
    sentences = document_sentences(document(text, [Block(Span(0, len(text)), BlockKind.HEADING, level=2)]))
    assert [sentence.heading for sentence in sentences] == [True]


def test_running_text_in_a_heading_block_is_no_heading():
    text = "压实责任。县财政局已修订制度，并开展培训。"
    sentences = document_sentences(document(text, [Block(Span(0, len(text)), BlockKind.HEADING, level=2)]))
    assert [sentence.heading for sentence in sentences] == [True, False]


def test_an_empty_heading_block_has_no_sentence():
    assert document_sentences(document("  ", [Block(Span(0, 2), BlockKind.HEADING)])) == ()


def test_blocks_know_their_headings_and_cells_are_text():
    entries = document_outline(document(TEXT, (*text_blocks(TEXT), cell(0, 4, 0, 0))))
    assert entries[4].chain == (0, 1, 2)
    assert entries[5].heading is None
