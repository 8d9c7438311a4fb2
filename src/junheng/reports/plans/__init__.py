"""规划报告: what the planners found, as pages and workbooks for the people who decide."""
