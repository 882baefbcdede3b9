import re

import pytest

from corpora.lexicon.lexicon import TERMS_PATH, LexiconError, TermKind, parse_lexicon, read_lexicon

HEAD = ["# version: 1.2.3", "word\tfrequency\ttag\tkind"]


def parse(*rows, head=HEAD):
    return parse_lexicon([*head, *rows], source="terms.tsv")


def test_the_lexicon_of_the_field_is_valid_and_large_enough():
    lexicon = read_lexicon()
    assert len(lexicon.entries) >= 700
    assert re.fullmatch(r"\d+\.\d+\.\d+", lexicon.version)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (TermKind.TERM, ["主体责任", "整改台账", "挂账销号", "一岗双责", "文字整改", "过关心态"]),
        (TermKind.BODY, ["县纪委监委", "派驻纪检监察组", "县财政局", "市住房和城乡建设局", "区审计局"]),
        (TermKind.OFFICE, ["党组书记", "分管副县长", "第一书记"]),
        (TermKind.PHRASE, ["立行立改", "举一反三", "建章立制"]),
        (TermKind.MEETING, ["专题民主生活会", "局务会"]),
        (TermKind.DOCUMENT, ["整改落实方案", "会议纪要"]),
    ],
)
def test_every_kind_holds_its_words(kind, words):
    assert set(words) <= {entry.word for entry in read_lexicon().of_kind(kind)}


def test_every_bureau_is_known_at_all_levels():
    words = {entry.word for entry in read_lexicon().entries}
    bureaux = {word[1:] for word in words if word.startswith("县") and word.endswith("局")}
    assert len(bureaux) >= 40
    assert {f"{level}{bureau}" for level in "市区" for bureau in bureaux} <= words


def test_the_file_says_its_version_first():
    head = TERMS_PATH.read_text(encoding="utf-8").splitlines()[:4]
    assert any(line.startswith("# version: ") for line in head)


def test_a_row_becomes_an_entry():
    (entry,) = parse("主体责任\t2000\tn\tterm").entries
    assert (entry.word, entry.frequency, entry.tag, entry.kind) == ("主体责任", 2000, "n", TermKind.TERM)


def test_comments_and_empty_lines_are_skipped():
    assert len(parse("", "# 注", "主体责任\t2000\tn\tterm").entries) == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("主体责任\t2000\tn", "3 columns instead of 4"),
        ("主\t2000\tn\tterm", "'主' is no run"),
        ("主体 责任\t2000\tn\tterm", "is no run"),
        ("党委（党组）\t2000\tn\tterm", "is no run"),
        ("主体责任\t0\tn\tterm", "not '0'"),
        ("主体责任\t-5\tn\tterm", "not '-5'"),
        ("主体责任\t1.5\tn\tterm", "not '1.5'"),
        ("主体责任\t2000\tzz\tterm", "unknown tag 'zz'"),
        ("主体责任\t2000\tn\tslang", "unknown kind 'slang'"),
    ],
)
def test_a_broken_row_is_named_with_its_place(row, message):
    with pytest.raises(LexiconError, match=f"terms.tsv:3: .*{re.escape(message)}"):
        parse(row)


def test_a_word_may_occur_only_once():
    with pytest.raises(LexiconError, match=r"terms\.tsv:4: '主体责任' occurs twice"):
        parse("主体责任\t2000\tn\tterm", "主体责任\t1\tn\tterm")


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (HEAD[1:], "no comment line"),
        (["# version: 1.2.3", "word\tfreq"], "the heading row must be"),
    ],
)
def test_version_and_heading_row_are_required(head, message):
    with pytest.raises(LexiconError, match=message):
        parse("主体责任\t2000\tn\tterm", head=head)


def test_a_lexicon_without_entries_is_an_error():
    with pytest.raises(LexiconError, match="no entries"):
        parse()
