"""公示与公告: what the public is told, may object to, and is answered."""
