"""The user guide: one chapter for each role and one for the public, hand-written, with what is declared added to it."""
