"""The command as its user runs it, with the released model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSAGE = "村级财务不规范。（责任领导：王某某；责任单位：县财政局、县审计局；整改时限：2023年6月底前，并长期坚持）"


def mingze(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "service", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def test_classify_answers_every_good_line_and_names_the_bad_one(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        '{"id": "a", "text": "镇党委全年没有专题研究过管党治党工作。"}',
        "{oops",
        '{"id": "c", "text": "一、总体要求"}',
    ]
    source.write_text("\n".join(lines), encoding="utf-8")

    done = mingze("classify", str(source), "-o", str(target))

    answers = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert done.returncode == 1
    assert done.stderr.startswith("mingze: ")
    assert ":2" in done.stderr
    assert [answer["id"] for answer in answers] == ["a", "c"]
    assert [answer["role"] for answer in answers] == ["problem", "heading"]


def test_extract_finds_who_and_by_when(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": "p", "text": PASSAGE, "reference_date": "2023-02-10"}), encoding="utf-8")

    done = mingze("extract", str(source), "-o", str(target))

    (item,) = json.loads(target.read_text(encoding="utf-8"))["items"]
    assert done.returncode == 0
    assert {(s["role"], s["name"]) for s in item["subjects"]} == {
        ("leader", "王某某"),
        ("responsible", "县财政局"),
        ("responsible", "县审计局"),
    }
    (deadline,) = item["deadlines"]
    assert (deadline["kind"], deadline["due"], deadline["ongoing"]) == ("by", "2023-06-30", True)
    assert PASSAGE[deadline["start"] : deadline["end"]] == deadline["raw"]


def test_analyze_writes_the_contract_object_for_the_sample_plan(tmp_path: Path) -> None:
    target = tmp_path / "out.json"

    done = mingze("analyze", "corpora/documents/plan.docx", "-o", str(target), "--with-text")

    answer = json.loads(target.read_text(encoding="utf-8"))
    text = answer["document"]["text"]
    assert done.returncode == 0, done.stderr
    assert answer["document"]["kind"] == "plan"
    assert answer["summary"]["problems"] > 5
    assert len(answer["items"]) > 10
    for item in answer["items"]:
        for deadline in item["deadlines"]:
            assert text[deadline["start"] : deadline["end"]] == deadline["raw"]
    for sentence in answer["sentences"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]


def test_bulk_goes_on_where_it_was_stopped_and_lists_failures(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"第{number}份。镇党委没有研究整改工作。", encoding="utf-8")
    (folder / "坏.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))

    first = mingze("bulk", str(folder), "-o", str(out))
    whole = (out / "results.ndjson").read_bytes()
    (out / "results.ndjson").write_bytes(whole[: len(whole) * 2 // 3])
    second = mingze("bulk", str(folder), "-o", str(out))

    again = [json.loads(line) for line in (out / "results.ndjson").read_text(encoding="utf-8").splitlines()]
    (failure,) = [json.loads(line) for line in (out / "failed.ndjson").read_text(encoding="utf-8").splitlines()]
    assert (first.returncode, second.returncode) == (1, 1)
    assert sorted(entry["path"] for entry in again) == ["0.txt", "1.txt", "2.txt"]
    assert sorted(json.dumps(e, sort_keys=True) for e in again) == sorted(
        json.dumps(json.loads(line), sort_keys=True) for line in whole.splitlines()
    )
    assert failure["path"] == "坏.doc"


def test_wrong_usage_ends_with_status_2() -> None:
    assert mingze("classify").returncode == 2
    assert mingze("analyze", "--reference-date", "gestern", "x.txt").returncode == 2


def test_a_missing_file_is_named_and_ends_with_status_1() -> None:
    done = mingze("analyze", "没有.docx", "--json")

    assert done.returncode == 1
    assert "没有.docx" in done.stderr


def test_a_label_of_a_users_own_is_given_from_its_examples_alone(tmp_path: Path) -> None:
    source, taxonomy = tmp_path / "in.jsonl", tmp_path / "own.yaml"
    taxonomy.write_text(
        "extends: mingze\n"
        "families: [{code: XF, name: 信访, note: 信访事项的办理}]\n"
        "labels:\n"
        "  - {code: XF01, name: 信访积案化解不力, is: 信访积案久拖不决, examples: [\n"
        "     五起信访积案挂了三年没有结果，包案领导没有约见过信访人。, 重复信访占到七成，答复意见每次都用同一份。,\n"
        "     信访积案台账上的化解措施三年一字未变。, 对信访人承诺的补偿款两年没有兑现，导致重复来访。,\n"
        "     部分信访积案以无理缠访为由长期搁置。, 化解信访积案满足于开协调会，签了协议不跟踪落实。]}\n",
        encoding="utf-8",
    )
    texts = ["全县仍有17件信访积案未化解，包案领导接访记录为空白。", "会议室空调采购没有经过招标。"]
    source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")

    done = mingze("classify", str(source), "--taxonomy", str(taxonomy))

    given = [[label["code"] for label in json.loads(line)["labels"]] for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert "XF01" in given[0]
    assert "XF01" not in given[1]
