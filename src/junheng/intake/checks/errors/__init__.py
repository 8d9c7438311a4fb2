"""Rules whose breach blocks freezing a release as formal (校核错误)."""
