"""The values and gradients of every tensor of a model."""
