"""The public registers: what the province vouches for, browsed, counted, mapped, downloaded."""
