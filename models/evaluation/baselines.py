"""What a trained model has to beat: keywords, TF-IDF with a linear SVM, and the encoder without training."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC

from corpora.reader import StatementRecord
from corpora.schema.statement import LABELLED_ROLES
from corpora.taxonomy import Taxonomy
from models.metrics import Predicted, f1
from models.text.words import Segmenter

_MAY = frozenset(role.value for role in LABELLED_ROLES)
_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("assignment", re.compile(r"责任单位|牵头单位|责任人|完成时限|整改时限")),
    ("cause", re.compile(r"原因|根源|之所以|源于|归根")),
    ("requirement", re.compile(r"^要|必须|严禁|不得|应当|切实|坚决|请")),
    ("measure", re.compile(r"制定|修订|开展|组织|将于|拟")),
    ("achievement", re.compile(r"完成率|销号|成效|有效|已全部|明显")),
    ("problem", re.compile(r"不|未|缺|弱|虚|仅|形式|违规|滞后")),
)


def keyword_baseline(taxonomy: Taxonomy) -> Callable[[Sequence[str]], list[Predicted]]:
    """Give a label where its name or an alias stands in the text; roles by cue words."""

    def predict(texts: Sequence[str]) -> list[Predicted]:
        found = []
        for text in texts:
            bare = re.sub(r"[“”\"'‘’\s]", "", text)
            labels = [x.code for x in taxonomy.labels if any(name in bare for name in (x.name, *x.aliases))]
            role = next((name for name, cue in _CUES if cue.search(bare)), "background")
            if len(bare) <= 20 and bare[-1:] not in "。；;.":
                role = "heading"
            found.append(Predicted(role, frozenset(labels if role in _MAY else ()), labels[0] if labels else ""))
        return found

    return predict


def best_threshold(
    scores: NDArray[np.float64], may: NDArray[np.bool_], wanted: NDArray[np.bool_], grid: Sequence[float]
) -> float:
    """Return the threshold with the best micro-F1."""

    def value(threshold: float) -> float:
        given = (scores >= threshold) & may[:, None]
        return f1(int((given & wanted).sum()), int(given.sum()), int(wanted.sum()))

    return max(grid, key=value)


def svm_baseline(
    train: Sequence[StatementRecord], dev: Sequence[StatementRecord], taxonomy: Taxonomy
) -> Callable[[Sequence[str]], list[Predicted]]:
    """Train a linear SVM on TF-IDF of jieba words, one for roles and one per label; threshold from dev."""
    segmenter = Segmenter.from_default_lexicon()

    def words(text: str) -> list[str]:
        return [word.text for word in segmenter.words(text)]

    vectorizer = TfidfVectorizer(tokenizer=words, token_pattern=None, lowercase=False, ngram_range=(1, 2), min_df=2)
    features = vectorizer.fit_transform([r.text for r in train])
    binarizer = MultiLabelBinarizer(classes=list(taxonomy.codes))
    roles = LinearSVC(C=0.5).fit(features, [r.role.value for r in train])
    labels = OneVsRestClassifier(LinearSVC(C=1.0)).fit(features, binarizer.fit_transform([r.labels for r in train]))

    def scores(texts: Sequence[str]) -> tuple[list[str], NDArray[np.float64]]:
        encoded = vectorizer.transform(texts)
        return [str(r) for r in roles.predict(encoded)], labels.decision_function(encoded)

    dev_roles, dev_scores = scores([r.text for r in dev])
    may = np.array([r in _MAY for r in dev_roles])
    wanted = binarizer.transform([r.labels for r in dev]).astype(bool)
    threshold = best_threshold(dev_scores, may, wanted, [float(t) for t in np.arange(-1.0, 0.5, 0.05)])

    def predict(texts: Sequence[str]) -> list[Predicted]:
        found_roles, found = scores(texts)
        return decide(found_roles, found, taxonomy.codes, threshold)

    return predict


def decide(
    roles: Sequence[str], scores: NDArray[np.float64], codes: Sequence[str], threshold: float
) -> list[Predicted]:
    """Turn role names and label scores (n, labels) into predictions."""
    return [
        Predicted(
            role,
            frozenset(code for code, score in zip(codes, row, strict=True) if score >= threshold and role in _MAY),
            codes[int(row.argmax())],
        )
        for role, row in zip(roles, scores, strict=True)
    ]
