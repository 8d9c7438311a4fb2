"""审计: who did what, when, from where, before and after; chained with SM3 so that any edit shows."""
