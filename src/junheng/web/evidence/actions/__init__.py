"""Everything that changes evidence."""

from junheng.web.evidence.actions.attach import Kept, add_evidence_version, attach, attach_kept, keep_pictures

__all__ = ["Kept", "add_evidence_version", "attach", "attach_kept", "keep_pictures"]
