"""Small commands of the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dofile import BANNER

if TYPE_CHECKING:
    from dofile.session import Session
    from dofile.syntax import Call


def about(session: Session, call: Call) -> None:
    """Say what runs the do-file."""
    session.out(BANNER)


def count(session: Session, call: Call) -> None:
    """Count observations."""
    session.r.clear()
    session.r.set("N", len(call.rows))
    session.out(f"  {len(call.rows):,}")
