"""How a screen and its windows are looked at: one file a port and technology. Nothing is decided here."""
