"""预测参数: every number the forecast assumes, from one table with its source; 待核 ones are said in every report."""

from __future__ import annotations

from junheng.planning.parameters import Parameters, built_in


def parameters() -> Parameters:
    """By id."""
    return built_in("forecast")


def parameter(id: str) -> float:
    """KeyError for an unknown id."""
    return parameters().number(id)
