"""采集: workbooks, CSV and registers in; facts, findings and a frozen release out. Knows no policy."""
