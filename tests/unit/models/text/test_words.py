import logging
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpora.lexicon.lexicon import TERMS_PATH, Lexicon, Term, TermKind, read_lexicon
from models.text.words import Segmenter

SENTENCE = "县纪委监委督促各责任单位立行立改、建立整改台账并挂账销号，落实主体责任和一岗双责"


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter.from_path(TERMS_PATH)


def small(word):
    return Segmenter(Lexicon("0.0.1", (Term(word, 5000, "nz", TermKind.TERM),)))


def test_the_words_of_the_field_stay_whole(segmenter):
    assert [word.text for word in segmenter.words(SENTENCE)] == [
        *("县纪委监委", "督促", "各", "责任单位", "立行立改", "、", "建立", "整改台账", "并", "挂账销号"),
        *("，", "落实", "主体责任", "和", "一岗双责"),
    ]


def test_words_bear_the_tag_of_the_lexicon(segmenter):
    tags = {word.text: word.tag for word in segmenter.words(SENTENCE)}
    assert (tags["县纪委监委"], tags["立行立改"], tags["主体责任"]) == ("nt", "l", "n")


def test_offsets_are_exact_and_white_space_is_left_out(segmenter):
    text = "  县财政局党组书记 王某某\t👍于2023年6月底前Q3 完成\r\n整改。*镇 "
    words = segmenter.words(text)
    assert all(word.span.of(text) == word.text for word in words)
    assert "".join(word.text for word in words) == "".join(text.split())


def test_offsets_stay_exact_around_a_run_that_no_dictionary_knows(segmenter):
    text = f"责任单位{'堃' * 100}整改台账"
    words = segmenter.words(text)
    assert all(word.span.of(text) == word.text for word in words)
    assert [word.text for word in words] == ["责任单位", *"堃" * 100, "整改台账"]


def test_an_empty_text_has_no_words(segmenter):
    assert segmenter.words("") == ()


def test_the_version_is_that_of_the_lexicon(segmenter):
    assert segmenter.version == read_lexicon().version


def test_segmenters_do_not_influence_each_other():
    with_word, other = small("柳湾整改经"), small("青禾整改法")
    text = "推广柳湾整改经"
    assert [word.text for word in with_word.words(text)] == ["推广", "柳湾整改经"]
    assert "柳湾整改经" not in [word.text for word in other.words(text)]


def test_threads_share_a_segmenter(segmenter):
    expected = segmenter.words(SENTENCE)
    with ThreadPoolExecutor(max_workers=4) as pool:
        assert all(words == expected for words in pool.map(segmenter.words, [SENTENCE] * 40))


def test_jieba_writes_no_cache_and_says_nothing():
    script = (
        "from models.text.words import Segmenter; from corpora.lexicon.lexicon import read_lexicon;"
        "Segmenter(read_lexicon()).words('立行立改'); import jieba; assert not jieba.dt.initialized"
    )
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - our own interpreter with a fixed script
            [sys.executable, "-W", "error", "-B", "-c", script],
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parents[4],
            env={"TMPDIR": folder, "PYTHONPYCACHEPREFIX": f"{folder}/none"},
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert list(Path(folder).iterdir()) == []


def test_the_logger_of_jieba_is_quiet():
    assert logging.getLogger("jieba").getEffectiveLevel() >= logging.WARNING
