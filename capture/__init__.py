"""From screen to frame: what may be looked at and what is new. It holds no key and reads no memory."""
