"""Views: what a page shows; what it does is in actions."""
