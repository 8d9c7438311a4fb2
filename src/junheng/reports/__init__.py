"""报表: everything a person or another program takes away from an assessment."""
