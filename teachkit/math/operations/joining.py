"""Operations that join tensors, split them and take parts."""
