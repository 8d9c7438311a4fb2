"""仿真: a realistic synthetic province with planted, listed defects. No real person, school or identity number."""
