"""`mingze train` and `mingze evaluate`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from service.adapters.workshop import run_evaluation, run_training
from service.cli.streams import DONE, SOME_FAILED, complain
from service.domain.errors import MingzeError


def train_model(config: Path, output: Path | None, start_from: Path | None) -> int:
    """Train by a configuration file; return the exit status."""
    return _do(str(config), lambda: run_training(config, output, start_from=start_from, report=_say))


def evaluate_model(artifact: Path | None, seeds: Path | None, output: Path | None) -> int:
    """Evaluate an artifact beside the baselines; return the exit status."""
    return _do(str(artifact or "model"), lambda: run_evaluation(artifact, seeds, output, report=_say))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _do(place: str, action: Callable[[], None]) -> int:
    try:
        action()
    except MingzeError as error:
        complain(place, error.detail)
        return SOME_FAILED
    return DONE
