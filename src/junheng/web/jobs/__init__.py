"""后台任务: long work with progress, cancel, and recovery after a crash; carried by django-tasks, no broker."""
