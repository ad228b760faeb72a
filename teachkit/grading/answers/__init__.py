"""From an answer, objects or a file, to its report."""
