"""From a question that leans on the turns before it to one that stands for itself."""
