"""What `nido pseudonimizza` and `nido purge` do and say."""

from dataclasses import dataclass
from pathlib import Path

from nido.data.lingua import text
from nido.report import files
from nido.report.privacy.chiave import check_apart, check_key, make_key, read_key
from nido.report.privacy.pseudonimi import Pseudonymous, pseudonymise, table_bytes
from nido.report.privacy.purge import Doomed
from nido.scenari.load import load_scenario


@dataclass(frozen=True, slots=True)
class Pseudonimizza:
    """What `nido pseudonimizza` was asked.

    Attributes
    ----------
    file
        The scenario.
    key, out, table
        Where the key is or will be, where the new scenario goes, and the table if it was asked for.
    homes
        Whether the positions of homes stay.
    force
        Whether files that are there may be replaced; never the key.
    """

    file: Path
    key: Path
    out: Path
    table: Path | None
    homes: bool
    force: bool

    def run(self) -> str:
        """Write the scenario with pseudonyms, and the table if it was asked for.

        Returns
        -------
        str
            What was done, and what could not be.

        Raises
        ------
        OutputRefused
            If a place is taken, or the key or the table would be given away with the scenario.
        InputError
            If the scenario is not valid.
        """
        self._check_places()
        loaded = load_scenario(self.file)
        for place in self._written():
            files.check_spared(place, [Path(name) for name in loaded.files])
        is_new = not self.key.exists()
        key = make_key(self.key) if is_new else read_key(self.key)
        found = pseudonymise(loaded.scenario, key, homes=self.homes)
        files.write_file(self.out, found.content)
        if self.table is not None:
            files.write_file(self.table, table_bytes(found.table))
        return self._said(found, is_new=is_new)

    def _written(self) -> list[Path]:
        return [self.out] if self.table is None else [self.out, self.table]

    def _check_places(self) -> None:
        check_apart(self.key, self.out)
        check_key(self.key)
        for place in self._written():
            files.check_spared(place, [self.file, self.key])
            files.check_file(place, force=self.force)
        if self.table is not None:
            check_apart(self.table, self.out)

    def _said(self, found: Pseudonymous, *, is_new: bool) -> str:
        lines = [text("Scritto {out}", "Written {out}", out=self.out)]
        if self.table is not None:
            lines.append(
                text("Tabella per tornare indietro: {path}", "Table that leads back: {path}", path=self.table)
            )
        if is_new:
            lines.append(
                text(
                    "Chiave nuova: {path}. Tienila altrove: con essa si risale alle sigle, senza si perde "
                    "il modo di farlo.",
                    "New key: {path}. Keep it elsewhere: it leads back to the ids, and without it nothing "
                    "does.",
                    path=self.key,
                )
            )
        lines += ["", text("Tolto o sostituito:", "Taken out or replaced:")]
        lines += [f"- {sentence}" for sentence in found.removed]
        lines += ["", text("Rimasto:", "Left:"), *(f"- {sentence}" for sentence in found.left), ""]
        lines.append(
            text(
                "Restano dati personali (Reg. UE 2016/679, art. 4 n. 5).",
                "They are still personal data (Reg. EU 2016/679, art. 4(5)).",
            )
        )
        return "\n".join(lines)


def listing(found: Doomed) -> str:
    """List what would be deleted."""
    count = len(found.files)
    title = text("Da cancellare, {count} file:", "To be deleted, {count} files:", count=count)
    return "\n".join([title, *(f"  {path}" for path in (*found.files, *found.folders))])


def farewell() -> str:
    """Say what was done, and what deleting does not do."""
    return text(
        "Cancellato. Copie di sicurezza, cestini di rete, registri del disco e file inviati ad altri possono "
        "conservarne copie: nido non le raggiunge.",
        "Deleted. Backups, network bins, disk journals and files sent to others may keep copies: nido does "
        "not reach them.",
    )
