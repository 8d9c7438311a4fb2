"""Reads policy YAML at node level, so that every refusal names file, line and remedy, and no number is ever a float."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from junheng.common.errors import PolicyError
from junheng.policy.pack_model import DocumentsFile, DocumentSpec, Pack, Part
from junheng.policy.refusals import explain

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAG = "tag:yaml.org,2002:"

_Model = TypeVar("_Model", bound=Part)
Path_ = tuple[str | int, ...]


@dataclass(frozen=True, eq=False)
class LoadedPack:
    """A pack, the file it stands in (as messages name it), and the line of each of its parts."""

    pack: Pack
    file: str
    lines: dict[Path_, int]

    def where(self, *path: str | int) -> str:
        """"file 第 n 行" of a part, or of the nearest part around it."""
        return f"{self.file} 第 {_line(self.lines, path)} 行"


@dataclass
class _Reading:
    """One file being read: the plain data, and the line of every key and item."""

    file: str
    lines: dict[Path_, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def refuse(self, node: yaml.Node, what: str, remedy: str) -> PolicyError:
        return PolicyError(what, where=f"{self.file} 第 {node.start_mark.line + 1} 行", remedy=remedy)

    def plain(self, node: yaml.Node, path: Path_) -> Any:
        if id(node) in self.seen:
            raise self.refuse(node, "使用了 YAML 别名（*）", "请把内容照写一遍，政策包中不用别名")
        self.seen.add(id(node))
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.plain(item, (*path, i)) for i, item in enumerate(node.value))
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self.refuse(key_node, "键须是一个词", "请改成“键: 值”的写法")
            key = str(key_node.value)
            if key in out:
                first = self.lines[(*path, key)]
                raise self.refuse(key_node, f"“{key}”写了两次（第一次在第 {first} 行）", "请删去其中一个")
            self.lines[(*path, key)] = key_node.start_mark.line + 1
            out[key] = self.plain(value_node, (*path, key))
        return out

    def _scalar(self, node: yaml.ScalarNode) -> str | Decimal | date | bool | None:
        text = str(node.value)
        kind = node.tag.removeprefix(_TAG)
        if kind == "str":
            return text
        if kind == "null":
            return None
        if kind == "bool" and text in ("true", "false"):
            return text == "true"
        if kind in ("int", "float") and _NUMBER.fullmatch(text):
            return Decimal(text)
        if kind == "timestamp" and _DATE.fullmatch(text):
            return self._date(node, text)
        if kind == "bool":
            raise self.refuse(node, f"“{text}”在 YAML 里是真假值", "数值请写数字；真假只写 true 或 false；文字请加引号")
        raise self.refuse(node, f"看不懂“{text}”", "数值只写十进制数字，日期写成 2023-10-19，文字请加引号")

    def _date(self, node: yaml.ScalarNode, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise self.refuse(node, f"没有“{text}”这一天", "请核对日期") from error


def _line(lines: dict[Path_, int], path: Path_) -> int:
    """The line of a part, or of the nearest part around it that has one."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _read(path: Path, shown: str) -> tuple[Any, dict[Path_, int]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise PolicyError("找不到政策包文件", where=shown, remedy="请核对路径，或用 junheng policy list 查看自带的政策包") from error
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError("读不出政策包文件", where=shown, why="不是 UTF-8 文本，或没有读取权限",
                          remedy="请另存为 UTF-8 编码的 YAML 文件") from error  # fmt: skip
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" 第 {mark.line + 1} 行" if mark else ""
        raise PolicyError("不是正确的 YAML", where=f"{shown}{line}", remedy="请检查该行的缩进、冒号后的空格和引号") from error
    reading = _Reading(shown)
    if not isinstance(node, yaml.MappingNode):
        raise PolicyError("不是政策包", where=f"{shown} 第 1 行", remedy="文件应由“schema: junheng.policy/1”等“键: 值”组成")
    return reading.plain(node, ()), reading.lines


def _validated(model: type[_Model], path: Path, shown: str) -> tuple[_Model, dict[Path_, int]]:
    data, lines = _read(path, shown)
    try:
        return model.model_validate(data), lines
    except ValidationError as error:
        refusals = _refusals(error, shown, lines)
        first = refusals[0]
        if len(refusals) == 1:
            raise first from error
        raise PolicyError(first.what, where=first.where, why=f"本文件另有 {len(refusals) - 1} 处问题",
                          remedy=first.remedy) from error  # fmt: skip


def _refusals(error: ValidationError, shown: str, lines: dict[Path_, int]) -> list[PolicyError]:
    """Everything the schema refused, from the top of the file down."""
    found = []
    for detail in error.errors():
        loc = tuple(part for part in detail["loc"] if part != "[key]")
        what, remedy = explain(detail, loc)
        found.append((_line(lines, loc), what, remedy))
    return [
        PolicyError(what, where=f"{shown} 第 {line} 行", remedy=remedy) for line, what, remedy in sorted(found)
    ]


def load_pack(path: Path, shown: str = "") -> LoadedPack:
    """A pack from its file. shown: how messages name the file. Raises PolicyError with file, line and remedy."""
    shown = shown or str(path)
    pack, lines = _validated(Pack, path, shown)
    return LoadedPack(pack, shown, lines)


def pack_problems(path: Path) -> tuple[PolicyError, ...]:
    """Every problem of a pack file on its own, from the top down; () when it can be read."""
    try:
        load_pack(path)
    except PolicyError as error:
        if isinstance(error.__cause__, ValidationError):
            return tuple(_refusals(error.__cause__, str(path), _read(path, str(path))[1]))
        return (error,)
    return ()


def load_document_register(path: Path, shown: str = "") -> dict[str, DocumentSpec]:
    """The document register, by id."""
    return _validated(DocumentsFile, path, shown or str(path))[0].documents
