"""达标方案: the cheapest way to pass (issue 4)."""
