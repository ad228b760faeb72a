"""A run to be stepped through: forwards, and with a loss backwards."""

from teachkit.views.trace.player.view import Player

__all__ = ["Player"]
