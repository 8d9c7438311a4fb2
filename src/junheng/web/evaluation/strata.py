"""Into which stratum a school of a frozen release falls: 办学类型 × 城乡."""

from __future__ import annotations

from typing import Any

from junheng.common.errors import UserError
from junheng.intake.release import open_release
from junheng.tables.school import SCHOOL
from junheng.web.store import release_folder


def strata_of(evaluation: Any) -> dict[str, str]:
    """Code → stratum of every school of the release the county signed; what was not reported is a stratum of its own."""
    if evaluation.release is None:
        raise UserError("县里还没有签署数据版本", remedy="县级自评提交以后再抽取")
    facts = open_release(release_folder(evaluation.release.key)).facts()
    types = SCHOOL.column("school_type").codes
    assert types is not None
    return {
        str(row["school_code"]): f"{types.labels.get(str(row['school_type']), '类型未报')}·{_setting(row['urban_rural'])}"
        for row in facts.school
        if row["school_code"]
    }


def _setting(urban_rural: object) -> str:
    """城区 111, 112; 镇区 121–123; 乡村 210, 220."""
    code = str(urban_rural or "")
    return {"11": "城区", "12": "镇区", "21": "乡村", "22": "乡村"}.get(code[:2], "城乡未报")
