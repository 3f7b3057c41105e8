"""The stages of the way: each reads rows, asks the reader, writes its result and the next job together."""
