"""Mail: send it over SMTP, read it over IMAP, mark and move it in its mailbox."""
