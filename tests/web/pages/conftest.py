from browser import browser, page_at  # noqa: F401
