"""Every URL of the site's own, every right, every process: one place to read them all."""

from __future__ import annotations

from junheng.web.accounts.pages import PAGES as ACCOUNTS
from junheng.web.api.pages import PAGES as API
from junheng.web.areas.pages import PAGES as AREAS
from junheng.web.audit.pages import PAGES as AUDIT
from junheng.web.commitments.pages import PAGES as COMMITMENTS
from junheng.web.dashboards.pages import PAGES as DASHBOARDS
from junheng.web.desk.pages import PAGES as DESK
from junheng.web.evaluation.pages import PAGES as EVALUATION
from junheng.web.evidence.pages import PAGES as EVIDENCE
from junheng.web.jobs.pages import PAGES as JOBS
from junheng.web.notices.pages import PAGES as NOTICES
from junheng.web.pages.table import Open, Page
from junheng.web.portal.pages import PAGES as PORTAL
from junheng.web.publicity.pages import PAGES as PUBLICITY
from junheng.web.rectification.pages import PAGES as RECTIFICATION
from junheng.web.reporting.pages import PAGES as REPORTING
from junheng.web.rounds.pages import PAGES as ROUNDS
from junheng.web.site.guide.pages import PAGES as GUIDE
from junheng.web.site.health import healthz
from junheng.web.site.home import home
from junheng.web.survey.pages import PAGES as SURVEY

PAGES: tuple[Page, ...] = (
    Page("healthz", "healthz", healthz, Open.PUBLIC),
    *GUIDE,
    Page("", "home", home, Open.SIGNED_IN, nav="待办", order=1),
    *ACCOUNTS,
    *API,
    *AREAS,
    *DASHBOARDS,
    *DESK,
    *EVALUATION,
    *SURVEY,
    *COMMITMENTS,
    *PUBLICITY,
    *PORTAL,
    *NOTICES,
    *JOBS,
    *AUDIT,
    *ROUNDS,
    *REPORTING,
    *RECTIFICATION,
    *EVIDENCE,
)
