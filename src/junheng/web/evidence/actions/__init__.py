"""Everything that changes evidence."""

from junheng.web.evidence.actions.attach import add_evidence_version, attach

__all__ = ["add_evidence_version", "attach"]
