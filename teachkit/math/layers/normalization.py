"""Normalization: numbers shifted and scaled by statistics."""
