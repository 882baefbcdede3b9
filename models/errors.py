"""Errors of the models root.

ModelError
├── ArtifactError      the artifact folder is missing, incomplete or altered
├── BackendError       the chosen backend is not installed or not known
└── QueueFullError     more calls are waiting for inference than allowed
"""

from __future__ import annotations


class ModelError(Exception):
    """Base of all errors of the models."""

    code = "model-error"


class ArtifactError(ModelError):
    """The model artifact is missing, incomplete, altered or of another format version."""

    code = "artifact-invalid"


class BackendError(ModelError):
    """The chosen inference backend is not installed or not known."""

    code = "backend-unavailable"


class QueueFullError(ModelError):
    """More calls are waiting for inference than allowed."""

    code = "queue-full"
