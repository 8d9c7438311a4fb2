"""招生用表: the tables the admission planners are handed. Personal data: they are read, never published or kept."""

from __future__ import annotations

from junheng.tables import Column, Kind, Table

_NUMBER = Column("number", "报名号", Kind.ID, required=True, note="由报名系统编号，将随结果公示，不得使用身份证号")
_NAME = Column("name", "姓名", Kind.TEXT, personal=True, null_means="不公示姓名", note="公示时只保留姓，其余为*")
_SIBLINGS = Column("siblings", "同胞组", Kind.ID, null_means="没有同时报名的同胞", note="双胞胎、多孩同时报名的填同一个组号，任意取")

LOTTERY_APPLICANTS = Table(
    "lottery_applicants", "摇号报名名单", "一行一名报名儿童", ("number",), (_NUMBER, _NAME, _SIBLINGS), person_level=True
)
