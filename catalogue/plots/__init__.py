"""Plots of growing areas: files are read into features, checked, measured and written again.

Nothing here knows the database; catalogue.services.plots does.
"""
