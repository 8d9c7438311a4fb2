"""The URLs of the guide: open to anybody, as the printed guide is."""

from __future__ import annotations

from junheng.web.pages.table import Open, Page
from junheng.web.site.guide.views import help_chapter, help_index

PAGES = (
    Page("help/", "help", help_index, Open.PUBLIC, nav="帮助", order=99),
    Page("help/<slug:chapter>/", "help_chapter", help_chapter, Open.PUBLIC),
)
