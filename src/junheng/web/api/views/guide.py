"""接口说明: how the API is used and every operation of it, read off its own OpenAPI document. No script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.web.api.actions.pace import MOST_A_MINUTE, MOST_OF_VISITORS
from junheng.web.api.hooks.events import KINDS
from junheng.web.api.scopes import SCOPES

_TYPES = {"string": "文字", "integer": "整数", "number": "数", "boolean": "true 或 false", "array": "列表", "object": "对象", "null": "null"}
_FORMATS = {"date": "日期", "date-time": "时间", "uuid": "UUID", "binary": "文件"}


@dataclass(frozen=True)
class Described:
    """A parameter or a field. needed: must be given, or is always there."""

    name: str
    kind: str
    needed: bool
    words: str


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    summary: str
    words: str
    asked: tuple[Described, ...]
    answered: tuple[Described, ...]
    is_list: bool


def guide(request: HttpRequest) -> HttpResponse:
    context = {"groups": _groups(), "scopes": SCOPES.values(), "kinds": {kind.shown_as: kind.scope for kind in KINDS.values()}, "pace": MOST_A_MINUTE,
               "visitors": MOST_OF_VISITORS}  # fmt: skip
    return render(request, "api/guide.html", context)


@cache
def _groups() -> dict[str, list[Operation]]:
    """Tag → its operations, in the order they are declared."""
    from junheng.web.api.v1 import API, PREFIX

    document = API.get_openapi_schema(path_prefix=f"/{PREFIX}")
    schemas = document["components"]["schemas"]
    out: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, found in methods.items():
            out.setdefault(found["tags"][0], []).append(_operation(method.upper(), path, found, schemas))
    return out


def _operation(method: str, path: str, found: Mapping[str, Any], schemas: Mapping[str, Any]) -> Operation:
    good = next(response for status, response in found["responses"].items() if int(status) < 300)
    answer, is_list = _resolved(next(iter(good["content"].values()))["schema"], schemas), False
    if set(answer.get("properties", {})) == {"items", "next"}:
        answer, is_list = _resolved(answer["properties"]["items"]["items"], schemas), True
    return Operation(method, path, found["summary"], found["description"], tuple(_asked(found, schemas)), tuple(_fields(answer, schemas)), is_list)


def _asked(found: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Described]:
    for each in found.get("parameters", ()):
        yield Described(each["name"], _kind(each["schema"], schemas), each["required"], each.get("description") or each["schema"].get("description", ""))
    for content in found.get("requestBody", {}).get("content", {}).values():
        yield from _fields(_resolved(content["schema"], schemas), schemas)


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Described]:
    for name, each in schema.get("properties", {}).items():
        yield Described(name, _kind(each, schemas), name in schema.get("required", ()), each.get("description", ""))


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    return schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _kind(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    """In words: 文字, 整数, 列表：对象 …"""
    if either := schema.get("anyOf") or schema.get("oneOf"):
        return "或 ".join(dict.fromkeys(_kind(each, schemas) for each in either))
    schema = _resolved(schema, schemas)
    if "enum" in schema or "const" in schema:
        return "、".join(map(str, schema.get("enum") or [schema["const"]]))
    kind = _FORMATS.get(schema.get("format", "")) or _TYPES.get(schema.get("type", ""), "任意")
    if schema.get("items"):
        return f"{kind}：{_kind(schema['items'], schemas)}"
    return f"{kind}（{'、'.join(schema['properties'])}）" if "properties" in schema else kind
