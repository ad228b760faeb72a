"""Layout engines: boxes and arrows in, coordinates out. `choice` decides which runs."""
