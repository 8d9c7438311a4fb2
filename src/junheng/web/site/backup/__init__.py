"""备份与恢复: the whole site in one file: the database, the releases, what was uploaded."""

from junheng.web.site.backup.write import write_backup

__all__ = ["write_backup"]
