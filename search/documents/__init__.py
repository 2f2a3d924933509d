"""What is found: one file per kind of document."""
