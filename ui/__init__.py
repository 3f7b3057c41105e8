"""The window: a client of the engine. It holds no key, opens no file of the memory and loads no model."""
