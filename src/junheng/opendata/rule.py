"""The rule by which small counts of people are not published: one number, a parameter."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.planning.parameters import Parameter, parameters_of


@dataclass(frozen=True)
class Rule:
    """least: the smallest count above 0 that is published."""

    least: int

    def is_small(self, value: int) -> bool:
        return 1 <= value < self.least

    @property
    def width(self) -> int:
        """How far apart the values must lie that a cell can take."""
        return self.least - 1

    @property
    def words(self) -> str:
        return (f"1 人以上、少于 {self.least} 人的数不公布；另有一些数也不公布，使人不能从合计和以前各版推算出来。"
                "不公布的数在表中记作“*”，在文件中空白，并在“状态”一列注明。"
                "0 表示没有人，照常公布；空白是没有报全，不是 0。")  # fmt: skip


def least_count() -> Parameter:
    """The parameter behind the rule, with its source; 待核."""
    return parameters_of("junheng.opendata")["least_count"]


def the_rule() -> Rule:
    return Rule(int(least_count().value))


def unverified_words() -> str:
    """"" once the parameter has been checked."""
    parameter = least_count()
    return f"下限 {parameter.value:f} 人待核：{parameter.unverified}。" if parameter.unverified else ""
