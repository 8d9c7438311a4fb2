"""规划: what a person can ask a planner for, as data. `junheng plan` and the planning desk of the site are two interpreters of it.

`registry.PLANNERS` lists the declarations (one light module each: labels, tables, parameters); what a planner does when it is asked
stands in `work/`, loaded when it is run.
"""
