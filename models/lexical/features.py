"""Character n-grams of a text as 32-bit keys.

Keys are a hash of the n-gram's code points, so a model is a sorted array of keys and no vocabulary of strings; with some
hundred thousand keys kept, a text's unknown n-gram meets a kept key once in some tens of thousands.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

KeyArray = NDArray[np.uint32]
PlaceArray = NDArray[np.int64]

#: Lengths of the n-grams, in characters of the folded text.
LENGTHS = (1, 2, 3, 4)
_START, _END = "\x02", "\x03"
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟「」『』＂‘’'", '"') | dict.fromkeys("—–―─", "-"))
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def folded(text: str) -> str:
    """Return the text as the n-grams see it: one width, no spaces, one kind of quotes, every number a 0, ends marked."""
    bare = _SPACE.sub("", unicodedata.normalize("NFKC", text).translate(_QUOTES))
    return _START + _DIGITS.sub("0", bare) + _END


def grams(text: str) -> KeyArray:
    """Return the key of every n-gram of a text, in order of length and place, repeats included."""
    points = np.frombuffer(folded(text).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    found: list[KeyArray] = []
    rolling = np.zeros(len(points), dtype=np.uint64)
    for length in LENGTHS:
        room = len(points) - length + 1
        if room <= 0:
            break
        rolling = rolling[:room] * _BASE + points[length - 1 :] + np.uint64(1)
        mixed = (rolling ^ (rolling >> np.uint64(29)) ^ np.uint64(length)) * _MIX
        found.append(((mixed ^ (mixed >> np.uint64(32))) & np.uint64(0xFFFFFFFF)).astype(np.uint32))
    return np.concatenate(found)
