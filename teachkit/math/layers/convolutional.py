"""Convolutions: the same small kernel at each place."""
