"""The OpenAPI description is complete, and its examples are what the service accepts and answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from service.api import examples
from tests.contract.conftest import build_app

APP = build_app()
SCHEMA = APP.openapi()
OPERATIONS = [
    (method, path, operation) for path, methods in SCHEMA["paths"].items() for method, operation in methods.items()
]
CHINESE = re.compile("[\u4e00-\u9fff]")


def request_examples() -> Iterator[tuple[str, str, Any]]:
    for _, path, operation in OPERATIONS:
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            for example in content.get("examples", {}).values():
                yield path, kind, example["value"]


def quotes(value: Any, text: str) -> Iterator[tuple[str, str]]:
    """Yield what every object with a place quotes, and what stands at that place."""
    if isinstance(value, list):
        for entry in value:
            yield from quotes(entry, text)
    if isinstance(value, dict):
        quoted = value.get("raw") or value.get("name") or value.get("text")
        if quoted and "start" in value:
            yield quoted, text[value["start"] : value["end"]]
        for entry in value.values():
            yield from quotes(entry, text)


@pytest.mark.parametrize(
    ("method", "path", "operation"), OPERATIONS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_operation_is_described(method: str, path: str, operation: dict[str, Any]) -> None:
    assert CHINESE.search(operation["summary"])
    assert operation["description"]
    assert operation["tags"]
    assert operation["responses"]["200"]["description"]
    if method == "post":
        assert operation["requestBody"]["required"]
        assert {"413", "415", "422", "503"} <= operation["responses"].keys()
        assert "example" in operation["responses"]["200"]["content"]["application/json"]


def test_the_promised_routes_are_there() -> None:
    assert {(method, path) for method, path, _ in OPERATIONS} == {
        ("post", "/v1/analyze"), ("post", "/v1/classify"), ("post", "/v1/extract"), ("post", "/v1/segment"),
        ("get", "/v1/taxonomy"), ("get", "/v1/info"), ("get", "/livez"), ("get", "/readyz"), ("get", "/version"),
        ("get", "/metrics"),
    }  # fmt: skip


def test_operation_ids_are_unique() -> None:
    found = [operation["operationId"] for _, _, operation in OPERATIONS]

    assert len(found) == len(set(found))


@pytest.mark.parametrize(("path", "kind", "example"), list(request_examples()))
def test_every_example_is_accepted(client: TestClient, path: str, kind: str, example: Any) -> None:
    body = example if isinstance(example, str) else json.dumps(example)
    response = client.post(path, content=body.encode(), headers={"Content-Type": kind})

    assert response.status_code == 200, response.text


def test_every_work_route_has_examples() -> None:
    assert {path for path, _, _ in request_examples()} == {path for method, path, _ in OPERATIONS if method == "post"}


@pytest.mark.parametrize(
    ("path", "example"),
    [
        ("/v1/classify", examples.CLASSIFIED),
        ("/v1/extract", examples.EXTRACTED),
        ("/v1/analyze", examples.ANALYSIS),
        ("/v1/segment", examples.SEGMENTED),
    ],
)
def test_example_answers_have_no_field_that_real_answers_lack(
    client: TestClient, path: str, example: dict[str, Any]
) -> None:
    def fields(value: Any, at: str = "") -> set[str]:
        if isinstance(value, list):
            return set().union(*(fields(entry, f"{at}[]") for entry in value))
        if isinstance(value, dict) and not at.endswith((".labels", ".units")):
            return {f"{at}.{key}" for key in value}.union(*(fields(v, f"{at}.{key}") for key, v in value.items()))
        return set()

    assert fields(example) <= fields(client.post(path, json={"text": "跟踪问效不力"}).json())


def test_example_answers_quote_their_text() -> None:
    text = examples.TEXT["text"]
    found = [*quotes(examples.ANALYSIS["sentences"], text), *quotes(examples.ANALYSIS["items"], text)]
    found += quotes(
        examples.SEGMENTED,
        examples.SEGMENT_BODY["requestBody"]["content"]["application/json"]["examples"]["文本"]["value"]["text"],
    )

    assert len(found) == 4
    assert all(quoted == printed for quoted, printed in found)


def test_problems_are_described_with_their_media_type() -> None:
    for _, _, operation in OPERATIONS:
        for status, response in operation["responses"].items():
            if status != "200":
                assert "application/problem+json" in response["content"]


def test_hidden_routes_are_the_pages_only() -> None:
    hidden = {route.path for route in APP.routes if isinstance(route, APIRoute) and not route.include_in_schema}

    assert hidden <= {"/", "/docs"}


def test_the_explorer_loads_only_from_this_service(client: TestClient) -> None:
    page = client.get("/docs").text
    resources = re.findall(r"""(?:src|href)=["']([^"']+)|url: ["']([^"']+)""", page)

    assert resources
    for resource in (first or second for first, second in resources):
        assert resource.startswith("/")
        assert client.get(resource).status_code == 200
    assert not re.search(r"(?:https?:)?//[a-z]", page)
    assert '"validatorUrl": null' in page
