"""The Django project: settings, addresses and whatever truly belongs to two apps at once."""
