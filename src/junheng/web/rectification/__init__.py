"""整改: problems, measures and time limits, verification, re-check, closing; escalation and extension; the three lists."""
