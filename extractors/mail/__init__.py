"""What mails of all formats share: bodies, quotations, signatures, threads."""
