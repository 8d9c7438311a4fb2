"""What concerns the site as a whole: the demonstration, and filling an empty site from a backup."""

from junheng.web.site.actions.demonstrate import demonstrate
from junheng.web.site.actions.restore import restore

__all__ = ["demonstrate", "restore"]
