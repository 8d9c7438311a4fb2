"""规划: what to build, whom to move, what to spend. A pure library: tables in, tables out; no Django, no files.

Every planner's docstring states its mathematics; every plan carries the bound it was proven to. Searches set their deadlines by `clock` and run
HiGHS by `highs.run`, so that whoever asked can stop them and keep what they have found.
"""
