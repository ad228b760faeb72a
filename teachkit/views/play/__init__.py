"""Models that are built again whenever a person moves a control."""

from teachkit.views.play.play import Play

__all__ = ["Play"]
