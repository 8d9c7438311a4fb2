"""Pictures of the guide, out of those the browser tests and the crawl of every page take: `make pictures`.

    python docs/pictures.py FOLDER      # the folder JUNHENG_SHOTS named

Everybody and everything in them is made up: they are pages of the tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

OUT = Path(__file__).resolve().parent.parent / "src/junheng/web/site/static/guide"
TAKEN = {
    "school-report": "填报表-768", "county-board": "县-768", "problem": "prov_visit-成因已消除-县-768", "materials": "prov_visit-材料一条-县-768",
    "visit": "prov_visit-入校-专家-360", "correction": "prov_visit-更正-专家-360", "conclusion": "prov_conclusion-公示结论-768", "announcement": "publicised-公示-公众-360",
    "whatif": "county_admin-scenario.county-768", "evaluation": "county_admin-evaluation.draft.county-768",
    "plans": "county_admin-plans_compared.p-768", "county-problems": "county_admin-problems_board-768", "commitments": "province_admin-commitments-768",
    "survey": "province_admin-survey_plan.open.county-768", "portal": "public-portal-360",
    "audit": "auditor-audit_events-768", "accounts": "county_admin-users-768", "units": "province_admin-units-768",
}  # fmt: skip
"""Name of the picture → that of the shot."""
_TALLEST = {360: 1300, 768: 1000}
_COLOURS = 48


def take(folder: Path) -> list[Path]:
    """Writes every picture anew, cut at the foot; those that are long below show the beginning."""
    OUT.mkdir(parents=True, exist_ok=True)
    made = []
    for name, shot in TAKEN.items():
        with Image.open(folder / f"{shot}.png") as picture:
            cut = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, _TALLEST[picture.width])))
        cut.quantize(_COLOURS).save(OUT / f"{name}.png", optimize=True)
        made.append(OUT / f"{name}.png")
    return made


if __name__ == "__main__":
    for path in take(Path(sys.argv[1])):
        print(f"{path.name} {path.stat().st_size // 1024} KB")
