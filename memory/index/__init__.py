"""Nearest vectors. Derived from the ledger, rebuilt and never repaired; no truth lives here."""
