"""Request bodies and examples as they stand in the OpenAPI description."""

from __future__ import annotations

import json
from typing import Any

from service.domain.records import LONGEST_TEXT

STATEMENT = {"id": "a1", "text": "一些党组织把精力放在写方案、报材料上，忽视跟踪问效。"}
PASSAGE = {
    "id": "p7",
    "text": "村级财务管理不规范。整改措施：修订报销审批办法。（责任领导：王某某；责任单位：县财政局、县审计局；整改时限：2023年6月底前，并长期坚持）",
    "reference_date": "2023-02-10",
    "events": {"反馈之日": "2023-02-01"},
}
TEXT = {
    "text": "关于巡察整改进展情况的通报\n一、个别支部学习走过场。（责任单位：柳湾镇党委；整改时限：立行立改）",
    "name": "通报.txt",
}


def records_body(schema: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    """Describe a body that is one record, an array of records, or NDJSON."""
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"oneOf": [schema, {"type": "array", "items": schema}]},
                    "examples": {"一条": {"value": example}, "多条": {"value": [example]}},
                },
                "application/x-ndjson": {
                    "schema": {"type": "string", "description": "每行一个 JSON 对象"},
                    "examples": {"两行": {"value": "".join([json.dumps(example, ensure_ascii=False) + "\n"] * 2)}},
                },
            },
        }
    }


_DATES: dict[str, Any] = {
    "reference_date": {"type": ["string", "null"], "format": "date", "description": "推算省略年份和相对期限的基准日"},
    "events": {
        "type": ["object", "null"],
        "additionalProperties": {"type": "string", "format": "date"},
        "description": "事件名称到日期",
    },
    "limits": {
        "type": ["object", "null"],
        "additionalProperties": {"type": "string", "pattern": "^P"},
        "description": "事项用语到最长办理时间（ISO 8601 时长，“*”指其他事项），从收到反馈之日或基准日起算；超出的在 warnings 中提示",
    },
}
EVIDENCE_PARAMETER: dict[str, Any] = {
    "name": "evidence",
    "in": "query",
    "schema": {"type": "boolean", "default": False},
    "description": "列出每个标签所依据的词语及其位置，以及语料中相近的先例；每条语句耗时较长，一次最多 100 条",
}
STATEMENT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "id": {"type": ["string", "integer", "null"]},
        "text": {"type": "string", "maxLength": LONGEST_TEXT},
    },
}
PASSAGE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["text"],
    "properties": {**STATEMENT_SCHEMA["properties"], **_DATES},
}
ANALYZE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["text"],
                    "properties": {
                        "text": {"type": "string"},
                        "name": {"type": "string"},
                        "with_text": {"type": "boolean", "default": True},
                        **_DATES,
                    },
                },
                "examples": {"文本": {"value": TEXT}},
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "reference_date": {"type": "string", "format": "date"},
                        "events": {"type": "string", "description": "JSON 对象：事件名称到日期"},
                        "limits": {
                            "type": "string",
                            "description": 'JSON 对象：事项用语到最长办理时间，如 {"整改方案": "P1M"}',
                        },
                        "with_text": {"type": "boolean", "default": True},
                    },
                }
            },
        },
    }
}
SEGMENT_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
                "examples": {"文本": {"value": {"text": "县纪委监委督促各责任单位立行立改、挂账销号。"}}},
            }
        },
    }
}

CLASSIFIED: dict[str, Any] = {
    "id": "a1",
    "role": "problem",
    "role_score": 0.98,
    "labels": [{"code": "ZG02", "name": "文字整改", "score": 0.95}],
    "needs_review": False,
}
_SUBJECT = {"role": "responsible", "kind": "unit", "name": "柳湾镇党委", "title": None, "unit": None}
_DEADLINE = {
    "raw": "立行立改",
    "start": 43,
    "end": 47,
    "kind": "immediate",
    "due": None,
    "from": None,
    "offset": None,
    "anchor": None,
    "recurrence": None,
    "ongoing": False,
    "alt_due": None,
    "precision": None,
}
_ITEM = {
    "problem": "个别支部学习走过场",
    "measures": [],
    "subjects": [{**_SUBJECT, "start": 32, "end": 37}],
    "deadlines": [_DEADLINE],
    "status": None,
    "start": 14,
    "end": 48,
    "warnings": [],
}
EXTRACTED: dict[str, Any] = {"id": "p7", "items": [_ITEM]}
ANALYSIS: dict[str, Any] = {
    "document": {
        "id": "5f0c3f2f6d1b9a77",
        "name": "通报.txt",
        "format": "txt",
        "pages": 1,
        "characters": len(TEXT["text"]),
        "sha256": "5f0c3f2f6d1b9a77" * 4,
        "date": None,
        "kind": "progress",
        "text": TEXT["text"],
    },
    "sentences": [
        {
            "id": "s2",
            "start": 14,
            "end": 26,
            "text": "一、个别支部学习走过场。",
            "page": None,
            "cell": None,
            **{key: value for key, value in CLASSIFIED.items() if key != "id"},
        }
    ],
    "items": [_ITEM],
    "summary": {
        "problems": 1,
        "labels": {"ZG02": 1},
        "units": {"柳湾镇党委": 1},
        "deadlines": {"overdue": 0, "due_soon": 0, "later": 0, "ongoing": 0, "done": 0, "undated": 1},
    },
    "warnings": [],
    "model": {"name": "mingze-base", "version": "0.3.0"},
}
SEGMENTED: dict[str, Any] = {"words": [{"text": "立行立改", "tag": "l", "start": 12, "end": 16}]}


def answered(example: dict[str, Any], *, records: bool = False) -> dict[int | str, dict[str, Any]]:
    """Describe the answer by an example; with `records`, it may also be an array or NDJSON."""
    content: dict[str, Any] = {"application/json": {"schema": {"type": "object"}, "example": example}}
    if records:
        content["application/json"]["schema"] = {"type": ["object", "array"]}
        line = json.dumps(example, ensure_ascii=False) + "\n"
        content["application/x-ndjson"] = {"schema": {"type": "string"}, "example": line}
    return {200: {"description": "结果", "content": content}}


_PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "中文标题"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "哪里不对，应当怎样做"},
        "code": {"type": "string", "description": "稳定的英文代码"},
    },
}
PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"description": description, "content": {"application/problem+json": {"schema": _PROBLEM_SCHEMA}}}
    for status, description in (
        (413, "文件过大"),
        (415, "不支持的文件格式"),
        (422, "请求内容不符合要求，或文件损坏、已加密、没有文字"),
        (503, "模型尚未就绪，或请求过多"),
    )
}
NOT_READY: dict[int | str, dict[str, Any]] = {
    status: response for status, response in PROBLEM_RESPONSES.items() if status == 503
}
