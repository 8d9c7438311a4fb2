"""One self-contained page per county, and one for several: offline, printable, every number opens its trace."""

from junheng.reports.page.render import write_county_page, write_province_page

__all__ = ["write_county_page", "write_province_page"]
