"""The wholesale market: sellers, lots, their ledger, orders and payments."""
