"""Request bodies and examples as they stand in the OpenAPI description."""

from __future__ import annotations

from typing import Any

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
                "application/x-ndjson": {"schema": {"type": "string", "description": "每行一个 JSON 对象"}},
            },
        }
    }


_DATES: dict[str, Any] = {
    "reference_date": {"type": "string", "format": "date", "description": "推算省略年份和相对期限的基准日"},
    "events": {
        "type": "object",
        "additionalProperties": {"type": "string", "format": "date"},
        "description": "事件名称到日期",
    },
}
STATEMENT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["text"],
    "properties": {"id": {"type": ["string", "integer", "null"]}, "text": {"type": "string", "maxLength": 100_000}},
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

CLASSIFIED = {
    "id": "a1",
    "role": "problem",
    "role_score": 0.98,
    "labels": [{"code": "ZG02", "name": "文字整改", "score": 0.95}],
    "needs_review": False,
}
PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {
        "description": description,
        "content": {
            "application/problem+json": {
                "schema": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail", "code"],
                    "properties": {
                        "type": {"type": "string"},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "detail": {"type": "string"},
                        "code": {"type": "string"},
                    },
                }
            }
        },
    }
    for status, description in (
        (413, "文件过大"),
        (415, "不支持的文件格式"),
        (422, "请求内容不符合要求，或文件损坏、已加密、没有文字"),
        (503, "模型尚未就绪，或请求过多"),
    )
}
