"""The declared indicators, by the document they come from and the grain they live at."""
