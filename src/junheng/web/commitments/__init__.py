"""政策落实: every commitment of the plan in force, who answers for it, how far it is, and what is overdue."""
