"""What a session knows by name, for completion and inspection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Known:
    """Names of a session: variables with what there is to say of each, macros with their contents, results."""

    variables: Mapping[str, str] = field(default_factory=dict)
    locals: Mapping[str, str] = field(default_factory=dict)
    globals: Mapping[str, str] = field(default_factory=dict)
    r: tuple[str, ...] = ()
    e: tuple[str, ...] = ()
