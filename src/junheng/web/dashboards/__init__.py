"""看板: a county, a school and an area over their frozen releases; every number opens; search; what-if."""
