"""What each call of a model computes, with the shapes and numbers of this model."""
