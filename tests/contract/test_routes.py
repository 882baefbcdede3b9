"""What the routes answer when all is well."""

from __future__ import annotations

import json

from starlette.testclient import TestClient


def test_one_statement_is_answered_by_one_object(client: TestClient) -> None:
    answer = client.post("/v1/classify", json={"id": "a1", "text": "整改不到位"}).json()

    assert answer == {
        "id": "a1",
        "role": "problem",
        "role_score": 0.9,
        "labels": [{"code": "ZG02", "name": "文字整改", "score": 0.8}],
        "needs_review": False,
    }


def test_an_array_is_answered_by_an_array_in_order(client: TestClient) -> None:
    answer = client.post("/v1/classify", json=[{"id": 1, "text": "不"}, {"id": 2, "text": "好"}]).json()

    assert [(entry["id"], entry["role"]) for entry in answer] == [(1, "problem"), (2, "background")]


def test_ndjson_is_answered_by_ndjson(client: TestClient) -> None:
    body = '{"id": "a", "text": "不"}\n\n{"id": "b", "text": "好"}\n'
    response = client.post("/v1/classify", content=body.encode(), headers={"Content-Type": "application/x-ndjson"})

    lines = [json.loads(line) for line in response.text.splitlines()]
    assert response.headers["content-type"].startswith("application/x-ndjson")
    assert [line["id"] for line in lines] == ["a", "b"]


def test_a_passage_is_answered_with_items_of_the_contract(client: TestClient) -> None:
    answer = client.post("/v1/extract", json={"id": "p", "text": "县局六月底前完成"}).json()

    (item,) = answer["items"]
    assert set(item) == {"problem", "measures", "subjects", "deadlines", "status", "start", "end", "warnings"}
    assert item["subjects"][0]["name"] == "县局"
    assert item["deadlines"][0]["due"] == "2023-06-30"


def test_a_text_is_analysed_with_its_text(client: TestClient) -> None:
    text = "整改不到位。\n方案已印发。"
    answer = client.post("/v1/analyze", json={"text": text}).json()

    assert answer["document"]["text"] == text
    assert answer["summary"]["problems"] == 1
    assert answer["summary"]["labels"] == {"ZG02": 1}
    for sentence in answer["sentences"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]


def test_an_uploaded_file_is_analysed_under_its_name(client: TestClient) -> None:
    files = {"file": ("通报.txt", "整改不到位。".encode("gb18030"), "text/plain")}
    answer = client.post("/v1/analyze", files=files, data={"reference_date": "2023-01-01"}).json()

    assert answer["document"]["name"] == "通报.txt"
    assert answer["document"]["date"] == "2023-01-01"


def test_words_point_at_their_place(client: TestClient) -> None:
    words = client.post("/v1/segment", json={"text": "立行立改"}).json()["words"]

    assert all("立行立改"[w["start"] : w["end"]] == w["text"] for w in words)


def test_the_taxonomy_has_all_labels_with_definitions(client: TestClient) -> None:
    taxonomy = client.get("/v1/taxonomy").json()

    assert len(taxonomy["labels"]) == 49
    assert all(label["definition"] and label["name"] for label in taxonomy["labels"])


def test_health_version_info_and_metrics_answer(client: TestClient) -> None:
    assert client.get("/livez").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}
    assert client.get("/version").json()["name"] == "mingze"
    assert client.get("/v1/info").json()["model"]["name"] == "scripted"
    assert "mingze_http_requests_total" in client.get("/metrics").text


def test_the_docs_page_and_its_assets_come_from_this_machine(client: TestClient) -> None:
    page = client.get("/docs").text

    assert "//cdn" not in page
    assert "https://" not in page
    assert client.get("/docs-assets/swagger-ui-bundle.js").status_code == 200


def test_the_start_page_takes_a_text_and_shows_the_result(client: TestClient) -> None:
    assert "分析一份文件" in client.get("/").text

    page = client.post("/", files={"text": (None, "整改不到位。")}).text

    assert "文字整改" in page
    assert "整改台账" in page
