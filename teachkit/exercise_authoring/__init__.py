"""For authors of exercises: check them, begin a new one, build notebooks of them."""
