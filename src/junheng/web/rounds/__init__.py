"""评估轮次: which policy is asked of which counties in which school year, and by when."""
