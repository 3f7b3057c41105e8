"""Moments, episodes and facts out of rows: arithmetic alone, without clock, chance, disk or ledger."""
