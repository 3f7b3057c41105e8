"""One file, one process: the only place that chooses its adapters. Nothing is shared between them here."""
