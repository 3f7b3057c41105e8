"""The master key, what is derived from it, and the slots that open it. No key is ever written plain."""
