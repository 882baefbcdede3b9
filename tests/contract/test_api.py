"""What the service answers when all is well."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.contract.conftest import build_app
from tests.fakes import ScriptedAnalyzer

STATEMENT_KEYS = {"id", "role", "role_score", "labels", "needs_review"}
SUBJECT_KEYS = {"role", "kind", "name", "title", "unit", "start", "end"}
DEADLINE_KEYS = {
    "raw", "start", "end", "kind", "due", "from", "offset", "anchor", "recurrence", "ongoing", "alt_due", "precision",
}  # fmt: skip
GETS = ["/", "/docs", "/openapi.json", "/livez", "/readyz", "/version", "/metrics", "/v1/taxonomy", "/v1/info"]


def test_a_statement_is_answered_in_the_shape_of_the_contract(client: TestClient) -> None:
    answer = client.post("/v1/classify", json={"id": "a1", "text": "跟踪问效不力"}).json()

    assert answer.keys() >= STATEMENT_KEYS
    assert answer["id"] == "a1"
    assert answer["role"] == "problem"
    assert answer["labels"] == [{"code": "ZG02", "name": "文字整改", "score": 0.8}]


def test_evidence_is_listed_where_it_is_asked_for(client: TestClient) -> None:
    text = "跟踪问效不力"
    (label,) = client.post("/v1/classify?evidence=true", json={"text": text}).json()["labels"]
    (plain,) = client.post("/v1/classify?evidence=false", json={"text": text}).json()["labels"]

    assert label["evidence"] == [{"start": 4, "end": 5, "text": "不", "weight": 1.0}]
    assert "evidence" not in plain


def test_a_passage_is_answered_in_the_shape_of_the_contract(client: TestClient) -> None:
    (item,) = client.post("/v1/extract", json={"id": 7, "text": "柳湾镇党委"}).json()["items"]

    assert item.keys() >= {"problem", "measures", "subjects", "deadlines", "status", "start", "end"}
    assert item["subjects"][0].keys() >= SUBJECT_KEYS
    assert item["deadlines"][0].keys() >= DEADLINE_KEYS
    assert item["deadlines"][0]["due"] == "2023-06-30"


@pytest.mark.parametrize("identifier", ["a1", "", "😀", 0, -5, 10**30, None])
def test_the_id_comes_back_as_it_was(client: TestClient, identifier: object) -> None:
    assert client.post("/v1/classify", json={"id": identifier, "text": "x"}).json()["id"] == identifier


@pytest.mark.parametrize("route", ["/v1/classify", "/v1/extract"])
def test_an_array_is_answered_by_an_array_in_order(client: TestClient, route: str) -> None:
    answers = client.post(route, json=[{"id": n, "text": "x" * n} for n in range(50)]).json()

    assert [answer["id"] for answer in answers] == list(range(50))


@pytest.mark.parametrize("route", ["/v1/classify", "/v1/extract"])
def test_an_empty_array_is_answered_by_an_empty_array(client: TestClient, route: str) -> None:
    assert client.post(route, json=[]).json() == []


@pytest.mark.parametrize("kind", ["application/x-ndjson", "application/jsonl; charset=utf-8"])
def test_lines_are_answered_by_lines(client: TestClient, kind: str) -> None:
    body = '\ufeff{"id": 1, "text": "不"}\r\n\n{"id": 2, "text": "好"}'
    response = client.post("/v1/classify", content=body.encode(), headers={"Content-Type": kind})

    assert response.headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line)["id"] for line in response.text.splitlines()] == [1, 2]


@pytest.mark.parametrize("text", ["", "  \n", "\u3000", "x", "\x00", "\ufeff不", "😀", "\U0010ffff", "\u2028不"])
@pytest.mark.parametrize("route", ["/v1/classify", "/v1/extract", "/v1/segment"])
def test_any_text_is_answered(client: TestClient, route: str, text: str) -> None:
    assert client.post(route, json={"text": text}).status_code == 200


def test_a_blank_statement_is_background_to_be_reviewed(client: TestClient) -> None:
    blank, full = client.post("/v1/classify", json=[{"text": "\u3000"}, {"text": "不力"}]).json()

    assert (blank["role"], blank["labels"], blank["needs_review"]) == ("background", [], True)
    assert full["role"] == "problem"


def test_a_text_of_100_000_characters_is_answered(open_client: Callable[..., TestClient]) -> None:
    client = open_client(max_bytes=1_000_000)

    assert client.post("/v1/classify", json={"text": "不" * 100_000}).status_code == 200


def test_json_needs_no_content_type_and_may_begin_with_a_byte_order_mark(client: TestClient) -> None:
    response = client.post("/v1/classify", content=b'\xef\xbb\xbf{"text": "x"}')

    assert response.status_code == 200


def test_unknown_fields_are_ignored(client: TestClient) -> None:
    body = {"text": "x", "labels": ["ZG02"], "extra": {"deep": [[]]}, "reference_date": None, "events": None}

    for route in ("/v1/classify", "/v1/extract", "/v1/analyze"):
        assert client.post(route, json=body).status_code == 200


def test_an_analysis_has_the_shape_of_the_contract_and_points_into_its_text(client: TestClient) -> None:
    text = "\ufeff一、村级财务😀不规范。\r\n二、好。"
    answer = client.post("/v1/analyze", json={"text": text, "name": "方案.txt"}).json()

    assert answer.keys() >= {"document", "sentences", "items", "summary", "warnings", "model"}
    assert answer["document"]["text"] == text
    assert answer["document"]["characters"] == len(text)
    assert answer["document"]["name"] == "方案.txt"
    for sentence in answer["sentences"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
    assert answer["summary"]["deadlines"]["due_soon"] == 1


def test_an_analysis_without_text_is_had_on_request(client: TestClient) -> None:
    upload = client.post("/v1/analyze", files={"file": ("a.txt", "不好。")}, data={"with_text": "false"})

    assert "text" not in upload.json()["document"]
    assert "text" not in client.post("/v1/analyze", json={"text": "不", "with_text": False}).json()["document"]


def test_an_uploaded_file_is_analysed_with_its_dates(client: TestClient) -> None:
    data = {"reference_date": "2023-02-10", "events": '{"反馈之日": "2023-02-01"}', "ignored": "x"}
    response = client.post("/v1/analyze", files={"file": ("方案.md", "# 方案\n\n财务不规范。")}, data=data)

    assert response.json()["document"] | {"name": "方案.md", "format": "md"} == response.json()["document"]
    assert response.json()["document"]["date"] == "2023-02-10"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "a\\b.txt", "<b>.txt", "长" * 200 + ".txt", "a%0d%0aX: y.txt"]
)
def test_a_strange_file_name_is_only_a_name(client: TestClient, name: str) -> None:
    response = client.post("/v1/analyze", files={"file": (name, "不")})

    assert response.json()["document"]["name"] == name
    assert "x" not in response.headers


def test_words_cover_the_text(client: TestClient) -> None:
    words = client.post("/v1/segment", json={"text": "立行立改"}).json()["words"]

    assert [(word["text"], word["start"], word["end"]) for word in words] == [
        (char, number, number + 1) for number, char in enumerate("立行立改")
    ]


@pytest.mark.parametrize("path", [*GETS, "/static/mingze.css"])
def test_head_answers_like_get_without_content(client: TestClient, path: str) -> None:
    head, got = client.head(path), client.get(path)

    assert head.status_code == got.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == got.headers["content-type"]


def test_the_taxonomy_has_all_labels(client: TestClient) -> None:
    taxonomy = client.get("/v1/taxonomy").json()

    assert (len(taxonomy["roles"]), len(taxonomy["families"]), len(taxonomy["labels"])) == (8, 8, 49)


def test_info_names_model_formats_and_limits(client: TestClient) -> None:
    info = client.get("/v1/info").json()

    assert info["model"] == {"name": "scripted", "version": "0", "backend": "none"}
    assert info["formats"] == [
        *("csv", "docx", "eml", "et", "html", "md", "odt", "pdf"),
        *("pptx", "rtf", "tsv", "txt", "xls", "xlsx"),
    ]
    assert info["limits"]["max_statements"] == 50


def test_metrics_count_by_route_and_not_by_path(open_client: Callable[..., TestClient]) -> None:
    client = open_client()
    client.post("/v1/classify", json=[{"text": "x"}] * 3)
    for n in range(5):
        client.get(f"/nope/{n}")
        client.request(f"VERB{n}", "/livez")
    metrics = client.get("/metrics").text

    assert 'mingze_http_requests_total{method="POST",route="/v1/classify",status="200"} 1.0' in metrics
    assert 'mingze_http_requests_total{method="GET",route="unmatched",status="404"} 5.0' in metrics
    assert 'mingze_http_requests_total{method="other",route="/livez",status="405"} 5.0' in metrics
    assert "mingze_statements_total 3.0" in metrics
    assert "mingze_ready 1.0" in metrics


def test_models_are_closed_with_the_service() -> None:
    class Closing(ScriptedAnalyzer):
        closed = False

        def close(self) -> None:
            self.closed = True

    analyzer = Closing()
    app = build_app(lambda: analyzer)
    with TestClient(app):
        app.state.models.wait(10)

    assert analyzer.closed


def test_the_page_shows_a_form_and_a_result(client: TestClient) -> None:
    form = client.get("/").text
    result = client.post("/", files={"file": ("", ""), "text": (None, "一、财务不规范。\n二、好。")}).text

    assert 'enctype="multipart/form-data"' in form
    assert "文字整改" in result
    assert "2023-06-30" in result


def test_the_page_shows_an_uploaded_file(client: TestClient) -> None:
    assert "方案.txt" in client.post("/", files={"file": ("方案.txt", "财务不规范。"), "text": (None, "")}).text


@pytest.mark.parametrize(
    ("form", "status", "says"),
    [
        ({"files": {"file": ("", "")}}, 422, "请选择文件，或粘贴文字"),
        ({"data": {"text": "x"}}, 422, "请用页面上的表单"),
        ({"files": {"text": (None, "不"), "reference_date": (None, "昨天")}}, 422, "不是合法日期"),
        ({"files": {"file": ("a.png", b"\x89PNG\r\n\x1a\n")}}, 415, "图片"),
        ({"files": {"file": ("a.txt", b"x" * 300_000)}}, 413, "上限"),
        ({"files": [("file", ("a.txt", "x")), ("file", ("b.txt", "y"))]}, 422, "一次只能上传一个文件"),
    ],
    ids=["nothing", "no form", "date", "image", "too large", "two files"],
)
def test_the_page_names_errors_in_chinese(client: TestClient, form: dict[str, object], status: int, says: str) -> None:
    response = client.post("/", **form)  # type: ignore[arg-type]

    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert says in response.text


def test_what_a_document_says_is_never_markup(client: TestClient) -> None:
    attack = '<script>alert("不")</script>'
    pages = [
        client.post("/", files={"file": (f"{attack}.txt", attack)}).text,
        client.post("/", files={"text": (None, attack)}).text,
        client.post("/", files={"text": (None, attack), "reference_date": (None, '"><script>')}).text,
    ]

    assert not any("<script" in page for page in pages)


def test_pages_forbid_everything_from_elsewhere(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "http" not in policy


def test_a_query_changes_nothing(client: TestClient) -> None:
    assert client.get("/livez?" + quote("x=不&y")).json() == {"status": "ok"}
