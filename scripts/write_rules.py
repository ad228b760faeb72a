"""Write notebooks/rules.html, the card of the eight rules.

Run from the root of the project: python -m scripts.write_rules
"""

from __future__ import annotations

from pathlib import Path

from teachkit.rules import CARD
from teachkit.views.rules_card import rules_card

TARGET = Path(__file__).parent.parent / "notebooks" / CARD


def main() -> None:
    """Write the page."""
    TARGET.write_text(rules_card(), encoding="utf-8", newline="\n")
    print(f"{TARGET.name} is written.")


if __name__ == "__main__":
    main()
