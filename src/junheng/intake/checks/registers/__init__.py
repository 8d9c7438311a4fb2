"""Rules over person-level registers (名册校核). No message of theirs shows a person's number."""
