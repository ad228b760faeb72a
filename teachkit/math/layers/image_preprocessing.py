"""Preprocessing of images: random in training, mostly nothing at inference."""
