"""Where the answer of a solve goes: refused early where it could not be written, then written."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nido.report import files
from nido.report.pipeline import RESULT_FILE, folder_names


@dataclass(frozen=True, slots=True)
class Places:
    """Where the answer was asked to go.

    Attributes
    ----------
    json
        File for the result alone, or None.
    out
        Folder for every file, or None.
    force
        Whether what is there may be replaced.
    """

    json: Path | None
    out: Path | None
    force: bool

    def check(self) -> None:
        """Refuse at once what could not be written: the answer to a long solve must not be lost.

        Raises
        ------
        OutputRefused
            See `nido.report.files`.
        """
        if self.json is not None:
            files.check_file(self.json, force=self.force)
        if self.out is not None:
            files.check_folder(self.out, folder_names(), force=self.force)

    def spare(self, inputs: tuple[str, ...]) -> None:
        """Refuse, even with force, to replace a file that the scenario was read from.

        Raises
        ------
        OutputRefused
            If a place is one of the files, or a folder that holds one.
        """
        for place in (self.json, self.out):
            if place is not None:
                files.check_spared(place, [Path(name) for name in inputs])

    def save(self, contents: Mapping[str, bytes]) -> None:
        """Write the answer.

        Parameters
        ----------
        contents
            Content by file name, as in the folder.

        Raises
        ------
        OutputError
            If writing fails; what was there before is as it was.
        """
        if self.out is not None:
            files.write_folder(self.out, contents, force=self.force)
        if self.json is not None:
            files.write_file(self.json, contents[RESULT_FILE])
