"""通知: what is told to whom, later, out of the audit log; in the site, by e-mail and by text message."""
