"""指标: declarations only — numerator, denominator, unit, grain, split rule, scope. No threshold, no query text."""
