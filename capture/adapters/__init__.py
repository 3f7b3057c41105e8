"""How a screen, its windows and its user are looked at: one file a port and technology. Nothing is decided here."""
