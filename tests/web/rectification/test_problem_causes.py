"""What a result.json says of a cause: gone or still there only where it leaves no doubt."""

from __future__ import annotations

import pytest

from junheng.web.rectification.causes import Standing, standing_in

SCHOOLS = [
    {"code": "A", "name": "甲", "students": 100, "values": {"L4": 3.0, "L5": None}, "met": [], "near": [], "verdict": "fail"},
    {"code": "B", "campus": "东/区", "name": "乙", "students": 100, "values": {"L4": 9.0}, "met": ["L4"], "near": [], "verdict": "fail"},
    {"code": "C", "name": "丙", "students": 100, "values": {"L4": 4.4}, "met": [], "near": ["L4"], "verdict": "pass"},
]
RESULT = {
    "stages": {"primary": {"balance": {"L1": {"verdict": "pass"}, "L2": {"verdict": "fail"}, "L3": {"verdict": "insufficient"}}, "schools": SCHOOLS},
               "junior": {}},
    "criteria": {
        "class_size": {"failing": ["A"], "verdict": "fail"}, "school_size": {"failing": [], "verdict": "pass"},
        "rotation": {"failing": [], "verdict": "insufficient"},
        "layout": {"failing": [], "verdict": "pass", "evidence": {"needed": [], "verdict": "insufficient"}},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("cause", "standing"),
    [
        ("balance/primary/L1", Standing.GONE), ("balance/primary/L2", Standing.STILL), ("balance/primary/L3", Standing.UNDECIDED),
        ("balance/junior/L1", Standing.UNKNOWN), ("composite/primary", Standing.UNKNOWN),
        ("school/A/primary/L4", Standing.STILL), ("school/A/primary/L5", Standing.UNDECIDED), ("school/B@东/区/primary/L4", Standing.GONE),
        ("school/C/primary/L4", Standing.GONE), ("school/D/primary/L4", Standing.UNKNOWN),
        ("criterion/class_size/oversize_classes//A", Standing.STILL), ("criterion/class_size/oversize_classes//B", Standing.UNDECIDED),
        ("criterion/school_size/school_size//B", Standing.GONE), ("criterion/rotation/rotation_share/", Standing.UNDECIDED),
        ("criterion/class_size/oversize_classes/primary", Standing.STILL), ("criterion/unknown/x/", Standing.UNKNOWN),
        ("criterion/class_size/oversize_classes//A@东/区", Standing.STILL),
        ("evidence/layout", Standing.UNDECIDED), ("evidence/class_size", Standing.UNKNOWN),
    ],
)  # fmt: skip
def test_a_cause_is_looked_up_where_the_document_has_it(cause, standing):
    assert standing_in(RESULT, cause) is standing
