"""The workshop behind the command line: training and evaluation, loaded only when asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from corpora.errors import CorpusError, TaxonomyError
from models.errors import ModelError
from service.domain.errors import InvalidRequest, NotReady


def _workshop(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise NotReady(f"训练和评测需要附加依赖：pip install 'mingze[train]'（缺少 {error.name}）") from error


def run_training(
    config: Path,
    output: Path | None,
    *,
    start_from: Path | None = None,
    data: Path | None = None,
    taxonomy: Path | None = None,
    report: Callable[[str], None],
) -> None:
    """Train by a configuration file.

    Raises:
        NotReady: if the ``train`` extra is not installed.
        InvalidRequest: if the configuration, the taxonomy or a corpus is not valid.
    """
    module = _workshop("models.training.run")
    try:
        module.train(config, output, start_from=start_from, data=data, taxonomy_path=taxonomy, report=report)
    except (ModelError, CorpusError, TaxonomyError) as error:
        raise InvalidRequest(f"训练配置、标签体系、语料或基础模型有误：{error}") from error


def run_evaluation(
    artifact: Path | None, seeds: Path | None, output: Path | None, *, report: Callable[[str], None]
) -> None:
    """Evaluate an artifact beside the baselines.

    Raises:
        NotReady: if the ``train`` extra is not installed.
        InvalidRequest: if the artifact or a data file is not valid.
    """
    module = _workshop("models.evaluation.run")
    try:
        module.evaluate(artifact, seeds=seeds, output=output, report=report)
    except (ModelError, CorpusError) as error:
        raise InvalidRequest(f"模型目录或数据文件有误：{error}") from error
