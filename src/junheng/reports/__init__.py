"""报表: result.json, 申报表, 自评表, 自评报告, the three lists and the self-contained HTML page."""
