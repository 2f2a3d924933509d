"""Pages of the market, by the person who opens them."""
