"""The tables of a small synthetic county: posts, classes, teachers, schools for rotation."""

from __future__ import annotations

import random
from pathlib import Path

from junheng.planning.rotation.tables import SCHOOLS
from junheng.planning.staffing.tables import CLASSES, POSTS, TEACHERS
from junheng.reports.plans.blank_tables import write_filled_table

SUBJECTS = ("语文", "语文", "数学", "英语", "体育", "美术", "道德与法治", "科学", "信息科技", "劳动", "心理健康")


def write_county(folder: Path, seed: int = 3, schools: int = 6, small: int = 2) -> dict[str, Path]:
    """Primary schools of which the last `small` are small; about 1.7 teachers a class, some subjects short."""
    draw = random.Random(seed)
    posts, classes, teachers, places = [], [], [], []
    for at in range(schools):
        is_small = at >= schools - small
        each = {"school": f"S{at}", "code": f"S{at}", "name": f"第{at}小学", "school_type": "小学"}
        per_grade = 1 if is_small else draw.randint(2, 4)
        count = 6 * per_grade
        posts.append(each | {"stage": "小学", "pupils": 60 if is_small else 40 * count, "classes": count, "is_teaching_point": "否", "quota": 2 * count, "on_quota": 2 * count - at % 2,
                             "off_quota": at % 2, "non_teaching": 1})  # fmt: skip
        classes.append(each | {f"grade_{grade}": per_grade for grade in range(1, 7)} | {"included": at % 3})
        places.append(each | {"is_weak": "是" if is_small or at % 2 else "否", "is_small": "是" if is_small else "否", "longitude": 123 + at * 0.02, "latitude": 41.0})
        for k in range(round(count * 1.7)):
            teachers.append({
                "number": f"T{at}{k:03d}", "name": "仿真甲", "school": f"S{at}", "stage": "小学", "subject": draw.choice(SUBJECTS), "sex": draw.choice(["男", "女"]),
                "born": f"{draw.randint(1968, 1998)}-05-01", "years_here": draw.choice([2, 7, 9]), "is_backbone": "是" if draw.random() < 0.3 else "否",
                "times": draw.randrange(3), "weak_years": draw.choice([0, 1, 4, None]), "applies_senior": "是" if k == 0 else None, "principal": "是" if k == 1 else None,
            })  # fmt: skip
    return {name: write_filled_table(folder, table, rows) for name, table, rows in
            (("posts", POSTS, posts), ("classes", CLASSES, classes), ("teachers", TEACHERS, teachers), ("schools", SCHOOLS, places))}  # fmt: skip
