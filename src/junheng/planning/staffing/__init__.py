"""师资: posts, subjects, retirements, careers; how many teachers a county needs, where, and for what."""
