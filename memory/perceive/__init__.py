"""From frame to reading: regions, lines, passages, secrets struck out. Nothing is stored here."""
