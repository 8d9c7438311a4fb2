"""页面: the table of URLs, the one gate before every view, the shared templates and pieces."""
