"""Transposed convolutions: each number spreads a kernel."""
