"""Everything that goes wrong is an RFC 9457 problem with a stable code and a Chinese title."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.domain.errors import NotReady
from tests.contract.conftest import build_app
from tests.fakes import FailingAnalyzer

CASES = Path(__file__).with_name("cases")
BAD_JSON = json.loads((CASES / "bad_json.json").read_text(encoding="utf-8"))
BAD_DATES = json.loads((CASES / "bad_dates.json").read_text(encoding="utf-8"))
ROUTES = ("/v1/classify", "/v1/extract", "/v1/analyze", "/v1/segment")
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "multipart/form-data; boundary=cut"}
FILE_PART = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'


def check_problem(response: Any, status: int, code: str, says: str = "") -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["code"] == code
    assert body["status"] == status
    assert body["type"] == f"urn:mingze:problem:{code}"
    assert re.search("[\u4e00-\u9fff]", body["title"])
    assert says in body["detail"]
    assert "Traceback" not in response.text


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("case", BAD_JSON, ids=lambda case: case["id"])
def test_a_bad_body_is_named(client: TestClient, route: str, case: dict[str, str]) -> None:
    response = client.post(route, content=case["body"].encode(), headers=JSON)

    check_problem(response, 422, "invalid-request", case["says"])


@pytest.mark.parametrize("route", ["/v1/extract", "/v1/analyze"])
@pytest.mark.parametrize("case", BAD_DATES, ids=lambda case: case["id"])
def test_a_bad_date_is_named(client: TestClient, route: str, case: dict[str, Any]) -> None:
    response = client.post(route, json={"text": "不", **case["fields"]})

    check_problem(response, 422, "invalid-request", case["says"])


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-32"])
def test_json_in_another_encoding_is_refused(client: TestClient, route: str, encoding: str) -> None:
    response = client.post(route, content='{"text": "不"}'.encode(encoding), headers=JSON)

    check_problem(response, 422, "invalid-request", "UTF-8")


@pytest.mark.parametrize("route", ROUTES)
def test_json_nested_beyond_reason_is_refused(client: TestClient, route: str) -> None:
    check_problem(client.post(route, content=b"[" * 100_000, headers=JSON), 422, "invalid-request", "嵌套")


@pytest.mark.parametrize("route", ROUTES)
def test_a_number_with_thousands_of_digits_is_refused(client: TestClient, route: str) -> None:
    body = b'{"id": ' + b"9" * 5000 + b', "text": "x"}'

    check_problem(client.post(route, content=body, headers=JSON), 422, "invalid-request", "整数")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_another_content_type_is_415(client: TestClient, route: str, kind: str) -> None:
    response = client.post(route, content=b'{"text": "x"}', headers={"Content-Type": kind})

    check_problem(response, 415, "unsupported-document", "application/json")


@pytest.mark.parametrize("route", ROUTES)
def test_an_announced_body_over_the_limit_is_413(client: TestClient, route: str) -> None:
    response = client.post(route, content=b"x", headers={**JSON, "Content-Length": "9" * 40})

    check_problem(response, 413, "document-too-large", "上限")


@pytest.mark.parametrize("route", ROUTES)
def test_a_chunked_body_over_the_limit_is_413(client: TestClient, route: str) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(30):
            yield b"x" * 10_000

    check_problem(client.post(route, content=chunks(), headers=JSON), 413, "document-too-large", "上限")


def test_a_chunked_form_over_the_limit_is_413(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        yield FILE_PART
        for _ in range(40):
            yield b"x" * 10_000

    check_problem(client.post("/v1/analyze", content=chunks(), headers=FORM), 413, "document-too-large")


def test_a_file_just_over_the_limit_is_413(client: TestClient) -> None:
    response = client.post("/v1/analyze", files={"file": ("a.txt", b"x" * 200_001)})

    check_problem(response, 413, "document-too-large", "上限")


@pytest.mark.parametrize("route", ["/v1/classify", "/v1/extract"])
def test_more_records_than_allowed_are_refused(client: TestClient, route: str) -> None:
    check_problem(client.post(route, json=[{"text": "不"}] * 51), 422, "invalid-request", "最多 50 条，收到 51 条")


def test_a_flag_that_is_neither_yes_nor_no_is_refused(client: TestClient) -> None:
    check_problem(client.post("/v1/classify?evidence=maybe", json={"text": "x"}), 422, "invalid-request", "evidence")


def test_evidence_for_too_many_statements_is_refused(open_client: Callable[..., TestClient]) -> None:
    client = open_client(max_statements=200)
    response = client.post("/v1/classify?evidence=1", json=[{"text": "不"}] * 101)

    check_problem(response, 422, "invalid-request", "100")


@pytest.mark.parametrize("route", ["/v1/classify", "/v1/extract", "/v1/segment"])
def test_a_statement_over_100_000_characters_is_refused(open_client: Callable[..., TestClient], route: str) -> None:
    client = open_client(max_bytes=1_000_000)

    check_problem(client.post(route, json={"text": "a" * 100_001}), 422, "invalid-request", "最多 100000 个字符")


def test_a_bad_record_is_named_by_its_number(client: TestClient) -> None:
    check_problem(client.post("/v1/classify", json=[{"text": "x"}, 5]), 422, "invalid-request", "第 2 条")


def test_a_bad_line_is_named_by_its_number(client: TestClient) -> None:
    body = b'{"text": "x"}\n\n{"text": 3}\n'
    response = client.post("/v1/classify", content=body, headers={"Content-Type": "application/x-ndjson"})

    check_problem(response, 422, "invalid-request", "第 3 行")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"x", "无法解析"),
        (b"", "不完整"),
        (FILE_PART + b"abc", "不完整"),
        (b"--cut\r\nContent-Disposition: form-data\r\n\r\nx\r\n--cut--\r\n", "无法解析"),
        (FILE_PART + b"\r\n" + FILE_PART + b"\r\n--cut--\r\n", "一次只能上传一个文件"),
        (b'--cut\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--cut--\r\n', "没有文件"),
        (
            b'--cut\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--cut--\r\n',
            "没有文件",
        ),
    ],
    ids=["garbage", "nothing", "truncated", "nameless part", "two files", "a field", "no file chosen"],
)
def test_a_bad_form_is_named(client: TestClient, content: bytes, says: str) -> None:
    check_problem(client.post("/v1/analyze", content=content, headers=FORM), 422, "invalid-request", says)


def test_a_form_without_boundary_is_named(client: TestClient) -> None:
    response = client.post("/v1/analyze", content=b"x", headers={"Content-Type": "multipart/form-data"})

    check_problem(response, 422, "invalid-request", "boundary")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"events": "{"}, "字段 'events'"),
        ({"events": "[]"}, "字段 'events' 必须是对象"),
        ({"reference_date": "昨天"}, "字段 'reference_date'"),
        ({"with_text": "也许"}, "字段 'with_text'"),
        ({"note": "x" * 100_000}, "字段超过上限"),
        ({f"f{n}": "x" for n in range(9)}, "字段过多"),
    ],
    ids=["events no JSON", "events a list", "date", "flag", "long field", "many fields"],
)
def test_a_bad_form_field_is_named(client: TestClient, fields: dict[str, str], says: str) -> None:
    response = client.post("/v1/analyze", files={"file": ("a.txt", "村级财务不规范。")}, data=fields)

    check_problem(response, 422, "invalid-request", says)


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n", 415, "unsupported-document"),
        ("a.docx", b"PK\x03\x04broken", 422, "broken-document"),
        ("a.docx", "EncryptedPackage".encode("utf-16-le").join((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(9))), 422,
         "encrypted-document"),
        ("a.txt", b" \n\t", 422, "empty-document"),
        ("a.txt", b"\x00\x01\x02\xff\xfe\xfd" * 9, 422, "broken-document"),
    ],
    ids=["image", "broken", "encrypted", "blank", "binary"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(
    client: TestClient, name: str, data: bytes, status: int, code: str
) -> None:
    check_problem(client.post("/v1/analyze", files={"file": (name, data)}), status, code, name)


@pytest.mark.parametrize("text", ["", "  \n\u3000"], ids=["empty", "blank"])
def test_a_document_without_text_is_named(client: TestClient, text: str) -> None:
    check_problem(client.post("/v1/analyze", json={"text": text}), 422, "empty-document")


def test_nul_in_a_document_is_refused(client: TestClient) -> None:
    check_problem(client.post("/v1/analyze", json={"text": "不\x00"}), 422, "broken-document")


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "DELETE"])
@pytest.mark.parametrize("path", ["/nope", "/v1", "/v1/", "/v1/classify/", "/docs/", "/static/../app.py"])
def test_an_unknown_address_is_404(client: TestClient, method: str, path: str) -> None:
    check_problem(client.request(method, path), 404, "not-found", path.replace("/static/..", ""))


@pytest.mark.parametrize(("method", "path"), [("GET", ROUTES[0]), ("OPTIONS", ROUTES[1]), ("POST", "/livez"),
                                              ("BREW", "/v1/info"), ("PUT", "/static/mingze.css")])  # fmt: skip
def test_a_wrong_method_is_405_and_names_the_right_ones(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)

    check_problem(response, 405, "method-not-allowed", method)
    assert response.headers["allow"]


@pytest.mark.parametrize("route", ROUTES)
def test_work_is_503_while_the_models_are_missing(open_client: Callable[..., TestClient], route: str) -> None:
    def load() -> FailingAnalyzer:
        raise NotReady("模型无法加载：没有模型目录")

    client = open_client(load)
    response = client.post(route, json={"text": "不"})

    check_problem(response, 503, "not-ready", "没有模型目录")
    assert response.headers["retry-after"] == "5"
    check_problem(client.get("/readyz"), 503, "not-ready")
    assert client.get("/livez").status_code == 200
    assert client.get("/v1/info").json()["model"] is None


def test_a_defect_while_loading_is_told_and_not_waited_for(open_client: Callable[..., TestClient]) -> None:
    def load() -> FailingAnalyzer:
        raise RuntimeError("a secret of the inside")

    response = open_client(load).get("/readyz")

    check_problem(response, 503, "not-ready", "模型无法加载")
    assert "secret" not in response.text


def test_a_defect_is_500_without_its_inside(open_client: Callable[..., TestClient]) -> None:
    client = open_client(FailingAnalyzer)

    for response in (
        client.post("/v1/classify", json={"text": "崩溃"}),
        client.post("/v1/analyze", json={"text": "崩溃"}),
    ):
        check_problem(response, 500, "internal-error", "日志")
        assert "secret" not in response.text


def test_a_defect_reaches_the_log(caplog: pytest.LogCaptureFixture, open_client: Callable[..., TestClient]) -> None:
    open_client(FailingAnalyzer).post("/v1/analyze", json={"text": "崩溃"})

    assert any(record.exc_info for record in caplog.records)


@pytest.mark.parametrize("kind", [b"application/json", b"multipart/form-data; boundary=cut"])
def test_a_client_that_leaves_is_no_defect(kind: bytes) -> None:
    sent = asyncio.run(_leave_early(kind))

    assert [message["status"] for message in sent if message["type"] == "http.response.start"] == [400]


async def _leave_early(kind: bytes) -> list[dict[str, Any]]:
    app = build_app()
    sent: list[dict[str, Any]] = []
    messages = iter([
        {"type": "http.request", "body": FILE_PART + b"x" * 9, "more_body": True},
        {"type": "http.disconnect"},
    ])  # fmt: skip

    async def receive() -> dict[str, Any]:
        return next(messages)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/v1/analyze", "raw_path": b"/v1/analyze", "query_string": b"", "root_path": "",
        "headers": [(b"content-type", kind)], "server": ("test", 80), "client": ("test", 1),
    }  # fmt: skip
    async with app.router.lifespan_context(app):
        app.state.models.wait(10)
        await app(scope, receive, send)
    return sent
