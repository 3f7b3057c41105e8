"""The shell: starts, stops and wires the processes, and is the command line. Nobody imports it."""
