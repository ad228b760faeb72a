"""Attention: weighted sums, whose weights come from the numbers."""
