"""A student at work on exercises in a notebook: names, attempts, hints, progress."""
