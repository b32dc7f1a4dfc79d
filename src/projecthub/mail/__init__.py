"""Mail: a local SMTP sink, and a mailbox that people read in a browser and tests through an API."""
