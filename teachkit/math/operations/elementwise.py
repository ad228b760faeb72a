"""Operations on each number by itself, and on pairs of numbers."""
