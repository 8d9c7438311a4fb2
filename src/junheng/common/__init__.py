"""Words shared by every room: stages, school years, areas, codes, units, findings, errors. No I/O."""
