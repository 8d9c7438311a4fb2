"""Parameters that several planners ask for in the same words."""

from __future__ import annotations

from junheng.common.digests import Digest
from junheng.common.stages import COMPULSORY_STAGES
from junheng.planners.model import Kind, Parameter

POLICY = "quality_balance_2017"
DIGEST = Parameter("digest", "摘要算法", "摘要算法：sha256 或 sm3（国密）。", Kind.CHOICE, "--digest", str(Digest.SHA256),
                   choices={"sha256": "SHA-256", "sm3": "SM3（国密）"}, placeholder="算法")  # fmt: skip
STAGES = {stage.label: stage.label for stage in COMPULSORY_STAGES}


def seconds(default: float, help: str = "最多求解多久。") -> Parameter:
    return Parameter("seconds", "求解时间", help, Kind.NUMBER, "--seconds", default, least=1, most=86400, unit="秒")


def policy(help: str) -> Parameter:
    return Parameter("policy", "政策包", help, Kind.POLICY, "--policy", POLICY, placeholder="政策包")
