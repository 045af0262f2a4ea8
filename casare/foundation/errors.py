"""The tree of errors that are meant for people: what happened, where, and how to mend it."""

from __future__ import annotations


class CasareError(Exception):
    """Report something a person can act on.

    `what` is one sentence about what happened, `where` names the place (a file, a node, a line), `mend` says what to
    do next. Anything that is not a `CasareError` is a defect of casare itself.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """Return the message as up to three lines: what, where, how to mend."""
        lines = [self.what]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.mend:
            lines.append(f"  mend:  {self.mend}")
        return lines


class UsageError(CasareError):
    """Report a command or call whose words are off (exit code 2)."""


class FileError(CasareError):
    """Report a file that cannot be read or written (exit code 2)."""


class NotAWorkflowError(FileError):
    """Report a file whose content is not a workflow at all, so that there is nothing to open."""


class LimitError(FileError):
    """Report a file that goes past a safety limit: size, compression ratio or nesting."""


class ChangeRefusedError(CasareError):
    """Report an edit that would break the document; the document is unchanged."""
