"""The OpenAPI document: ninja's, with problems under their own media type."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from junheng.web.api.problems import MEDIA_TYPE

VERSION = "1.0"
FILE = "application/octet-stream"
_BYTES = "#/components/schemas/BytesOut"
_DESCRIPTION = "均衡平台的开放接口：页面上能看到的，程序也能取；页面上不准办的，接口也不准。说明和例子见 docs/api.md。"
_WORDS = {200: "办成", 201: "已保存", 202: "已接受，正在办理", 400: "请求读不出来", 401: "令牌无效", 403: "令牌没有这个范围，或没有权限", 404: "没有，或在辖区以外", 409: "别人先办了", 413: "内容太大",
          422: "参数或填写的内容不对", 429: "请求太快"}  # fmt: skip


class _Written(JSONRenderer):
    """Chinese as it is, half as long as escaped."""

    def __init__(self) -> None:
        self.json_dumps_params = {"ensure_ascii": False, "allow_nan": False}


class Documented(NinjaAPI):
    """The API with its document at openapi.json, and no page that loads scripts from elsewhere."""

    def __init__(self) -> None:
        super().__init__(title="均衡 开放接口", version=VERSION, description=_DESCRIPTION, docs_url=None, urls_namespace="api-v1", renderer=_Written())

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> OpenAPISchema:
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for operations in document["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    response["description"] = _WORDS[status]
                    if response["content"]["application/json"]["schema"].get("$ref") == _BYTES:
                        response["content"] = {FILE: {"schema": {"type": "string", "format": "binary"}}}
                    if status >= 400:
                        response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
        document["components"]["schemas"].pop(_BYTES.rpartition("/")[2], None)
        return document
