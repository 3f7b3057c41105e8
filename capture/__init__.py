"""From screen to frame: what may be looked at and what is new. Holds no key, reads no memory, knows no window."""
