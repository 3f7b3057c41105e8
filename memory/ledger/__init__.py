"""The only truth: one encrypted SQLite file, one module a noun. No SQL is spoken anywhere else."""
