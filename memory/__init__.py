"""From frame to answer. Knows no screen, no window of its own and no settings file; nothing leaves through it."""
