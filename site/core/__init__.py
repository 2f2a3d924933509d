"""The foundation: helpers without a domain word in them. Imports no app, has no tables."""
