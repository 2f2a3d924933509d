"""The whole public collection as files: a Darwin Core Archive and a table (docs/exports.md)."""
