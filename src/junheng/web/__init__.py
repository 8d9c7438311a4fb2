"""平台: the Django site. One app per concern, each with models, actions, permissions, pages and templates.

Rooms, from the ground up; a room knows only those before it (checked by import-linter):
rights → pages → privacy → audit → areas → accounts → flow → jobs → store → rounds → reporting → evidence → rectification →
publicity → evaluation → notices → site. See docs/site.md.
"""
