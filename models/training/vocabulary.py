"""Prunes the multilingual vocabulary to what Chinese official prose is made of, and builds the tokenizer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

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
