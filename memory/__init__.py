"""From frame to answer. It knows no screen, no window and no settings; nothing leaves through it."""
