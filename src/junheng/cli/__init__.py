"""命令行: one module per command. Heavy rooms are imported only by the command that needs them."""

from __future__ import annotations

from junheng.cli.app import main

__all__ = ["main"]
