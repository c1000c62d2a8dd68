"""How much is handed over at once: by how quick the line is, and by how many share it."""

from contextlib import ExitStack

from beatra_desktop.api.pieces import LARGEST_PIECE, SHARED, SMALLEST_PIECE, Piece, Pieces


def _settled(piece: Piece, *, seconds: float) -> int:
    """Its size after many that took so long."""
    for _ in range(20):
        piece.fit(seconds)
    return piece.size


def test_pieces_are_small_on_a_slow_line_and_large_on_a_quick_one() -> None:
    with Pieces().of_one() as piece:
        assert _settled(piece, seconds=0.0) == LARGEST_PIECE
        assert _settled(piece, seconds=1.0) == SMALLEST_PIECE
        piece.fit(0.1)
        assert piece.size == SMALLEST_PIECE, "neither quick nor slow"


def test_what_moves_at_once_shares() -> None:
    pieces = Pieces()
    with pieces.of_one() as first:
        with pieces.of_one() as second:
            assert _settled(first, seconds=0.0) == _settled(second, seconds=0.0) == SHARED // 2
        assert _settled(first, seconds=0.0) == LARGEST_PIECE


def test_however_many_share_each_piece_is_worth_sending() -> None:
    pieces = Pieces()
    with ExitStack() as stack:
        moving = [stack.enter_context(pieces.of_one()) for _ in range(100)]
        assert _settled(moving[0], seconds=0.0) == SMALLEST_PIECE
