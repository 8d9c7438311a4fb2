"""判定: criteria × measurements → three-valued verdicts, margin, binding constraint and what is missing."""
