"""What a compiled model learns from: losses, weights and metrics by output."""
