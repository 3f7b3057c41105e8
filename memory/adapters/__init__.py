"""Other libraries behind our ports, one file each; their errors end here."""
