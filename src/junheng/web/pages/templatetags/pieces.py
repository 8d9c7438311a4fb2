"""The pieces every page is made of (look.md): one template each, used everywhere."""

from __future__ import annotations

from django import template

register = template.Library()
