"""Dropout and noise: one thing in training, nothing at inference."""
