"""The commands: one module each, its functions listed in COMMANDS in the order of the help."""
