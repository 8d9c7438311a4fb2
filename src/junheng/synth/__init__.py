"""仿真: a realistic synthetic province with planted, listed defects. No real person, school or identity number.

census → plan (which schools, how large) → rows (what they report) → defects (planted, with a truth list)
→ write (official forms, Parquet releases, person-level registers).
"""
