"""Operations of neural networks: activations, softmax, convolutions, losses."""
