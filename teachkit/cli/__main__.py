"""`python -m teachkit.cli` does what the command `teachkit` does."""

from teachkit.cli import main

raise SystemExit(main())
