"""约束: which schools must stay, open or not be touched, chosen one by one; kept as the table of pins that the planner reads."""
