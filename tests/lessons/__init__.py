"""Tests of the lesson notebooks as files; nbval runs them."""
