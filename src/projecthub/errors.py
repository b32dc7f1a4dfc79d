"""What can go wrong with a project's hub, as one kind of error."""

from __future__ import annotations


class HubError(RuntimeError):
    """The hub could not start, or could not do what was asked; the text says which part, and why."""


class AlreadySignedUp(HubError):
    """The invited person has an account already; there is nothing to invite to."""
