"""A model and its Sequential twin, or every reason why it has none."""
