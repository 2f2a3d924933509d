"""Search over species, lots and pages, behind a port that any engine can stand behind."""
