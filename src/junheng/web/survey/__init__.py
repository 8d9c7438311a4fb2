"""社会认可度调查: anonymous questionnaires by code, interviews on site, and the share that is content, by group."""
