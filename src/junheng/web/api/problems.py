"""Whatever goes wrong, as application/problem+json (RFC 9457): what, where, why, what to do, in Chinese."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from junheng.common.errors import UserError
from junheng.web.flow.errors import Moved, NotAllowed, Refused

_log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


class ApiProblem(UserError):
    """A refusal of the API's own. headers: sent with it."""

    def __init__(self, status: int, kind: str, what: str, *, why: str = "", remedy: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(what, why=why, remedy=remedy)
        self.status, self.kind, self.headers = status, kind, dict(headers or {})


def no_such_thing() -> ApiProblem:
    """The same for what is not there and for what lies outside the owner's rights and area."""
    return ApiProblem(404, "not-found", "没有这项内容", why="网址有误，或者它不在令牌所有人的权限和辖区之内", remedy="请核对网址和编号；需要查看的请联系本级安全管理员")


def nothing_frozen() -> ApiProblem:
    """The unit is there; what would be looked at is not."""
    return ApiProblem(404, "not-frozen", "还没有冻结的数据版本", why="这个县（市、区）在这个轮次里还没有冻结数据", remedy="请等县里冻结以后再取；进展见 /submissions")


def answer(
    request: HttpRequest, status: int, kind: str, error: UserError, *, fields: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> HttpResponse:  # fmt: skip
    """The document. kind: the last part of its type, by which programs tell problems apart."""
    body: dict[str, Any] = {
        "type": f"urn:junheng:problem:{kind}", "title": error.what, "status": status, "detail": str(error), "instance": request.path,
        "where": error.where, "why": error.why, "remedy": error.remedy,
        "fields": [{"name": name, "message": message} for name, message in (fields or {}).items()],
    }  # fmt: skip
    response = JsonResponse(body, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})
    for name, value in (headers or {}).items():
        response[name] = value
    response["Cache-Control"] = "no-store"
    return response


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse:
    """What the API says to an exception, whatever it is."""
    match error:
        case ApiProblem():
            return answer(request, error.status, error.kind, error, headers=error.headers)
        case Refused():
            status, kind = (409, "moved") if isinstance(error, Moved) else (403, "not-allowed") if isinstance(error, NotAllowed) else (422, "refused")
            return answer(request, status, kind, error, fields=error.fields)
        case UserError():
            return answer(request, 422, "refused", error)
        case Http404():
            return answer_to(request, no_such_thing())
        case AuthenticationError():
            return answer_to(request, unknown_token("没有出示令牌"))
        case ValidationError():
            return _wrong_input(request, error)
        case RequestDataTooBig():
            return answer(request, 413, "too-large", UserError("送来的内容太大", remedy="请分几次送，或只送一个文件"))
        case SuspiciousOperation() | MultiPartParserError() | UnreadablePostError() | UnicodeError():
            return answer(request, 400, "malformed", UserError("请求读不出来", why="请求头、编码或表单格式不对", remedy="请按接口文档的例子发送"))
        case HttpError():
            return answer(request, error.status_code, "malformed", UserError("请求读不出来", why="正文不是 JSON", remedy="请按接口文档的例子发送"))
    _log.error("the API failed at %s %s", request.method, request.path, exc_info=error)
    return answer(request, 500, "failed", UserError("没有办成", why="程序出错，已记录", remedy="请稍后再试；仍不行请把时间和网址告诉系统管理员"))


def unknown_token(what: str) -> ApiProblem:
    return ApiProblem(401, "token", what, why="请求头 Authorization 里要有有效的令牌", remedy="请在“我的账号—接口令牌”建立令牌，按“Authorization: Bearer 令牌”发送",
                      headers={"WWW-Authenticate": 'Bearer realm="junheng"'})  # fmt: skip


_SAID = {
    "missing": "没有给出", "int_parsing": "应是整数", "int_type": "应是整数", "int_from_float": "应是整数", "string_type": "应是文字",
    "bool_parsing": "应是 true 或 false", "bool_type": "应是 true 或 false", "dict_type": "应是一组“名称: 值”", "date_from_datetime_parsing": "应是日期，如 2026-09-01",
    "date_parsing": "应是日期，如 2026-09-01", "model_attributes_type": "应是 JSON 对象", "json_invalid": "不是 JSON", "extra_forbidden": "没有这个参数",
    "decimal_type": "应是一个数", "decimal_parsing": "应是一个数", "finite_number": "应是一个数", "list_type": "应是列表", "too_short": "至少要有一个",
}  # fmt: skip
_LIMITS = {"greater_than_equal": ("ge", "不能小于"), "less_than_equal": ("le", "不能大于"), "less_than": ("lt", "应小于"), "too_long": ("max_length", "个数不能多于"), "string_too_long": ("max_length", "字数不能多于"),
           "string_too_short": ("min_length", "字数不能少于")}  # fmt: skip


def _wrong_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {".".join(str(part) for part in each["loc"][1:]) or str(each["loc"][0]): _in_words(each) for each in error.errors}
    why = "；".join(f"{name} {said}" for name, said in fields.items())
    return answer(request, 422, "input", UserError("参数不对", why=why, remedy="请按接口文档改正参数"), fields=fields)


def _in_words(wrong: Mapping[str, Any]) -> str:
    kind = str(wrong["type"])
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return f"{words} {wrong['ctx'][name]}"
    if kind in ("literal_error", "enum"):
        return f"只能是 {wrong['ctx']['expected'].replace(' or ', '、')}"
    return _SAID.get(kind, "格式不对")


def install(api: NinjaAPI) -> None:
    """Let the API answer everything by these documents."""
    for kind in (Exception, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, answer_to)  # type: ignore[arg-type]  # it hands over instances, whatever its types say
