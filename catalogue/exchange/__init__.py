"""The collection as a file of sheets, out and in again (docs/exchange.md)."""

from catalogue.exchange.exporting import export_species
from catalogue.exchange.importing import Report, import_species
from catalogue.exchange.problems import ExchangeError, Problem

__all__ = ["ExchangeError", "Problem", "Report", "export_species", "import_species"]
