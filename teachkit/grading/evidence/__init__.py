"""What a model shows: its graph, its numbers, how its parts hang together."""
