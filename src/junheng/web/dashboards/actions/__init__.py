"""What changes in the database for the dashboards."""

from junheng.web.dashboards.actions.save import save_scenario

__all__ = ["save_scenario"]
