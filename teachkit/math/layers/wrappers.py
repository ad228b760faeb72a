"""Layers that hold another layer."""
