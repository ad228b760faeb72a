"""Views that one can touch: the same data in a browser, with or without a kernel."""
