"""Views of the dashboards."""
