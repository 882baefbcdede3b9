"""Training as its user runs it, on a sliver of the corpus with one layer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from corpora.taxonomy import load_taxonomy
from models.analyzer import load_analyzer
from models.encoder.artifact import NETWORK, read_json
from models.training.run import train
from models.training.start import from_artifact

ROOT = Path(__file__).resolve().parents[2]
OWN_TAXONOMY = """
extends: mingze
families: [{code: XF, name: 信访, note: 信访事项}]
labels:
  - code: XF01
    name: 信访积案化解不力
    is: 信访积案久拖不决，包案领导不下访，承诺的答复没有兑现
    examples: [五起积案挂了三年没有结果。, 包案领导从未约见过信访人。, 答复意见书拖了半年没送达。, 重复信访占到七成。]
"""


def configuration(folder: Path) -> Path:
    """Write the released configuration cut down to what a test can wait for."""
    text = (ROOT / "models/configs/base.toml").read_text(encoding="utf-8")
    for pattern, value in (
        (r"keep_layers = .*", "keep_layers = [0]"),
        (r"epochs = .*", "epochs = 1"),
        (r"stop_after = .*", "stop_after = 1"),
        (r"max_tokens = .*", "max_tokens = 48"),
        (r"taxonomy_examples = .*", "taxonomy_examples = false\nshare = 0.01"),
    ):
        text = re.sub(pattern, value, text)
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Return the folder of a small trained artifact, and what the run reported."""
    folder, lines = tmp_path_factory.mktemp("trained"), list[str]()
    return train(configuration(folder), folder / "small", report=lines.append), lines


def test_a_run_leaves_an_artifact_that_answers(trained: tuple[Path, list[str]]) -> None:
    folder, lines = trained

    (answer,) = load_analyzer(folder).classify(["三年没有盘点过资产，账实不符。"])

    assert 0.0 < answer.role_score <= 1.0
    assert any("dev: role accuracy" in line for line in lines)


def test_labels_and_statements_of_a_users_own_are_learnt_on_top(
    trained: tuple[Path, list[str]], tmp_path: Path
) -> None:
    taxonomy, data = tmp_path / "own.yaml", tmp_path / "own.jsonl"
    taxonomy.write_text(OWN_TAXONOMY, encoding="utf-8")
    records = [{"text": f"第{n}起信访积案没有化解。", "role": "problem", "labels": ["XF01"]} for n in range(30)]
    data.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")

    folder = train(
        configuration(tmp_path),
        tmp_path / "grown",
        start_from=trained[0],
        data=data,
        taxonomy_path=taxonomy,
        report=lambda _: None,
    )

    assert read_json(folder / NETWORK)["labels"] == [*load_taxonomy().codes, "XF01"]
    analyzer = load_analyzer(folder)
    scores = analyzer.inspect(["第99起信访积案没有化解。", "三年没有盘点过资产，账实不符。"]).label_logits[:, -1]
    assert scores[0] > scores[1] + 1.0


def test_known_labels_keep_their_weights_when_labels_are_added(trained: tuple[Path, list[str]], tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN_TAXONOMY, encoding="utf-8")

    before, _ = from_artifact(trained[0], load_taxonomy())
    after, _ = from_artifact(trained[0], load_taxonomy(path))

    assert after.label.weight[:-1].equal(before.label.weight)
    assert after.label_focus[:-1].equal(before.label_focus)
    assert after.role.weight.equal(before.role.weight)
