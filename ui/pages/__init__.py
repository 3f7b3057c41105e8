"""What fills the window: one page a file; pages do not know each other."""
