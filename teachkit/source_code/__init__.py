"""A model as source: the Functional or Sequential code that builds its graph."""
