"""权限声明: roles, levels of the tree, departments, and what a right is. Declarations only; accounts hold the people."""
