"""`mingze train` and `mingze evaluate`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from service.adapters.workshop import run_evaluation, run_training
from service.cli.streams import DONE, SOME_FAILED, complain
from service.domain.errors import MingzeError
from service.domain.filesystem import os_reason


def train_model(
    config: Path, output: Path | None, *, start_from: Path | None, data: Path | None, taxonomy: Path | None
) -> int:
    """Train by a configuration file; return the exit status."""

    def action() -> None:
        config.open("rb").close()
        run_training(config, output, start_from=start_from, data=data, taxonomy=taxonomy, report=_say)

    return _do(str(config), action)


def evaluate_model(artifact: Path | None, seeds: Path | None, output: Path | None) -> int:
    """Evaluate an artifact beside the baselines; return the exit status."""
    return _do(str(artifact or "model"), lambda: run_evaluation(artifact, seeds, output, report=_say))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _do(place: str, action: Callable[[], None]) -> int:
    try:
        action()
    except (MingzeError, OSError) as error:
        complain(place, error.detail if isinstance(error, MingzeError) else os_reason(error))
        return SOME_FAILED
    return DONE
