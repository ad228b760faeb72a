"""Layers that move numbers and change none: reshape, crop, pad, repeat."""
