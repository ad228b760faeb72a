"""Operations that choose, sort and count."""
