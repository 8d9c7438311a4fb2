"""What each planner does when it is asked: read, plan, write, and say it in figures and tasks. One module per planner, with `run` and
`templates`; loaded when it is needed, for it brings the solvers."""
