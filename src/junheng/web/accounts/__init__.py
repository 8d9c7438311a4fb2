"""用户与权限: accounts, roles, rights, and which part of the tree each reaches."""
