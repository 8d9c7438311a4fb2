"""公众查询: what anybody reads without signing in: results in force, schools and counties, policies, open data, lotteries and zones."""
