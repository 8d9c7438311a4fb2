"""开放数据: what is published as tables: their dictionary, their files, what changed between two releases of them, and small cells
suppressed so that nobody works them out again. Pure: it knows tables and numbers, not where they come from."""
