"""EinsumDense, Embedding and other layers of the core."""
