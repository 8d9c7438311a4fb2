"""数据契约: every reported column once. Templates, dictionary, recognition and checks are made from it."""

from junheng.tables.catalogue import CONTRACT_VERSION, TABLES, table
from junheng.tables.model import Column, Kind, Split, Table

__all__ = ["CONTRACT_VERSION", "TABLES", "Column", "Kind", "Split", "Table", "table"]
