"""站点: settings, the whole URL table, the health page, and the server that runs it all."""
