"""What the service knows: the taxonomy, its formats, limits and model."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request

from service.api.state import container_of, holder_of
from service.ingest.formats import READABLE

router = APIRouter(prefix="/v1", tags=["目录"])


@router.get("/taxonomy", summary="标签体系")
def read_taxonomy(request: Request) -> dict[str, Any]:
    """Return roles, families and labels with definitions and borders."""
    taxonomy = container_of(request).taxonomy
    return {
        "version": taxonomy.version,
        "roles": [{"role": r.role.value, "name": r.name, "note": r.note} for r in taxonomy.roles],
        "families": [{"code": f.code, "name": f.name, "note": f.note} for f in taxonomy.families],
        "labels": [
            {
                "code": label.code,
                "name": label.name,
                "family": label.family,
                "definition": label.definition,
                "border": label.border,
                "aliases": list(label.aliases),
                "examples": list(label.examples),
            }
            for label in taxonomy.labels
        ],
    }


@router.get("/info", summary="模型、格式与上限")
def read_info(request: Request) -> dict[str, Any]:
    """Return which model answers, which formats are read, and the limits in force."""
    container, holder = container_of(request), holder_of(request)
    settings = container.settings
    model = None
    if holder.ready:
        identity = holder.get().identity()
        model = {"name": identity.name, "version": identity.version, "backend": identity.backend}
    return {
        "version": version("mingze"),
        "model": model,
        "taxonomy_version": container.taxonomy.version,
        "formats": sorted(READABLE),
        "limits": {
            "max_bytes": settings.max_bytes,
            "max_characters": settings.max_characters,
            "max_pages": settings.max_pages,
            "max_cells": settings.max_cells,
            "max_statements": settings.max_statements,
        },
    }
