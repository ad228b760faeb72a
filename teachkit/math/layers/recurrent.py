"""Recurrent layers: one step after the other, with a state."""
