"""政策: documents, clauses, dated values, criteria and exceptions as data. Code holds no threshold."""

from junheng.policy.in_force import PolicyInForce
from junheng.policy.loader import LoadedPack, load_pack
from junheng.policy.registry import find_pack, list_packs, load_documents, pack_from_file
from junheng.policy.resolve import resolve, resolve_many

__all__ = [
    "LoadedPack",
    "PolicyInForce",
    "find_pack",
    "list_packs",
    "load_documents",
    "load_pack",
    "pack_from_file",
    "resolve",
    "resolve_many",
]
