"""Rights over surveys."""

from __future__ import annotations

from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

SEE = right("survey.see", "查看社会认可度调查的进展和结果", Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER, Role.PROVINCE_ADMIN,
            Role.PROVINCE_EXPERT, Role.DEPARTMENT)  # fmt: skip
RUN = right("survey.run", "组织社会认可度调查：定配额、印答题码、录入纸质问卷、确认结果", Role.PROVINCE_ADMIN)
INTERVIEW = right("survey.interview", "登记现场访谈", Role.PROVINCE_EXPERT)

RIGHTS = (SEE, RUN, INTERVIEW)
