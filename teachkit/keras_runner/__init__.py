"""Running Keras models: random inputs, clones with the same weights, outputs."""
