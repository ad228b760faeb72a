"""Operations that take an axis away: sums, means, maxima; and running sums."""
