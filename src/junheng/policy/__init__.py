"""政策: documents, clauses, dated values, criteria and exceptions as data. Code holds no threshold."""
