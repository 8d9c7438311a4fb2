"""Rules whose breach a person may explain (校核提醒)."""
