"""Results become something a person can look at: SVG, HTML, text, files."""
