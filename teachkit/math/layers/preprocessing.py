"""Preprocessing of numbers, categories, text and sound."""
