"""流程: state tables with one interpreter. A process declares states, transitions, rights, fields and deadlines; it
gets transitions that lock, check, act, time and audit, a timeline, pages, a diagram and tests."""
