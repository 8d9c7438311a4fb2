"""Start, run, stop and recover background work."""

from junheng.web.jobs.actions.forget import forget_files
from junheng.web.jobs.actions.run import Cancelled, cancel, enqueue, recover

__all__ = ["Cancelled", "cancel", "enqueue", "forget_files", "recover"]
