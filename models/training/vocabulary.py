"""Fits the multilingual vocabulary to Chinese official prose, and builds the tokenizer.

Pieces of other languages go; words of the field that the base vocabulary spells in several pieces come in, which makes
texts shorter for the network and gives each such word a vector of its own (Gee et al. 2022, fast vocabulary
transfer: a new piece starts from the mean of the pieces that spelt it).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

#: Added to the log-probability of a new piece, so that it is preferred to its own spelling.
_PREFERENCE = 1.0
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")
#: Pieces of the prefix “query:” that the base model was trained with; the zero-shot baseline needs them.
_PREFIX = frozenset({"▁que", "que", "ry"})
_KEEP = re.compile(r"^[▁\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e0-9A-Za-z!-/:-@\[-`{-~“”‘’—…·×○〇％°①-⑳]+$")
_LATIN_PIECE = re.compile(r"[A-Za-z]{3,}")
_CJK = r"[\u4e00-\u9fff\u3000-\u303f，。；：！？、（）“”]"


def prune(pieces: Sequence[tuple[str, float]]) -> tuple[list[tuple[str, float]], list[int]]:
    """Keep the special pieces and those written in Chinese characters, digits, ASCII and punctuation.

    Latin pieces of three letters and more are dropped: the documents hardly contain them, and shorter
    pieces still spell any word.

    Returns:
        The kept (piece, log-probability) pairs, and the old id of each, in the new id order.
    """
    kept: list[tuple[str, float]] = []
    old_ids: list[int] = []
    for index, (piece, score) in enumerate(pieces):
        if piece in SPECIALS or piece in _PREFIX or (_KEEP.match(piece) and not _LATIN_PIECE.search(piece)):
            kept.append((piece, score))
            old_ids.append(index)
    return kept, old_ids


def build_tokenizer(pieces: Sequence[tuple[str, float]], *, unknown_id: int = 3) -> Tokenizer:
    """Build a Unigram tokenizer whose offsets point into the text that it is given.

    Normalisation happens inside (NFKC unifies full- and half-width forms; spaces between Chinese characters
    and line breaks vanish; quotation marks become one sign), so training and inference cannot differ.
    """
    tokenizer = Tokenizer(Unigram(list(pieces), unk_id=unknown_id))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\u200b-\u200f\ufeff]"), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(r"[“”„‟「」『』＂]"), '"'),
            normalizers.Replace(Regex(r"[‘’]"), "'"),
            normalizers.Replace(Regex(r"[—–―─]+"), "-"),
            normalizers.Replace(Regex(rf"(?<={_CJK})\s+"), ""),
            normalizers.Replace(Regex(rf"\s+(?={_CJK})"), ""),
            normalizers.Replace(Regex(r"\s+"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="never")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="never")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    return tokenizer


def field_words(
    words: Iterable[str], pieces: Sequence[tuple[str, float]], *, least: int
) -> tuple[list[tuple[str, float]], list[list[int]]]:
    """Return the words that become pieces of their own.

    Args:
        words: the running words of the corpus.
        pieces: the (piece, log-probability) pairs of the vocabulary so far.
        least: how often a word must stand in the corpus.

    Returns:
        The new (piece, log-probability) pairs, frequent ones first, and for each the ids of the pieces that spelt it.
    """
    tokenizer, scores = build_tokenizer(pieces), dict(pieces)
    added: list[tuple[str, float]] = []
    spellings: list[list[int]] = []
    for word, count in sorted(Counter(words).items(), key=lambda entry: (-entry[1], entry[0])):
        if count < least or word in scores or not _WORD.fullmatch(word):
            continue
        spelling = tokenizer.encode(word, add_special_tokens=False)
        if SPECIALS.index("<unk>") not in spelling.ids:
            added.append((word, sum(scores[piece] for piece in spelling.tokens) + _PREFERENCE))
            spellings.append(list(spelling.ids))
    return added, spellings
