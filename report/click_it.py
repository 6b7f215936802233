"""The words of click itself in Italian.

click passes its texts through gettext and ships no catalogue. A catalogue found by gettext would depend on
the locale of the machine (with ``LANG=C`` none is ever read), while nido chooses its language by NIDO_LANG
alone; so the two functions that click took from gettext are replaced, in click's own modules only. A text
that is not here stays English; a test compares this table with the texts of the installed click.
"""

import gettext
import sys
from collections.abc import Callable, Mapping

import click

from nido.data.lingua import language

WORDS: Mapping[str, str] = {
    "Usage:": "Uso:",
    "Options": "Opzioni",
    "Commands": "Comandi",
    "Positional arguments": "Argomenti",
    "Show this message and exit.": "Mostra questo aiuto ed esce.",
    "Show the version and exit.": "Mostra la versione ed esce.",
    "%(prog)s, version %(version)s": "%(prog)s, versione %(version)s",
    "Aborted!": "Interrotto.",
    "required": "obbligatorio",
    "default: {default}": "predefinito: {default}",
    "env var: {var}": "variabile d'ambiente: {var}",
    "Error: {message}": "Errore: {message}",
    "Try '{command} {option}' for help.": "Per l'aiuto: {command} {option}",
    "Missing command.": "Manca il comando.",
    "Missing argument": "Manca l'argomento",
    "Missing option": "Manca l'opzione",
    "Missing parameter": "Manca il parametro",
    "Missing {param_type}": "Manca: {param_type}",
    "Missing parameter: {param_name}": "Manca il parametro: {param_name}",
    "Invalid value: {message}": "Valore non valido: {message}",
    "Invalid value for {param_hint}: {message}": "Valore non valido per {param_hint}: {message}",
    "No such option {name!r}.": "L'opzione {name!r} non esiste.",
    "No such command {name!r}.": "Il comando {name!r} non esiste.",
    "Did you mean {possibility}?": "Forse {possibility}?",
    "(Did you mean one of: {possibilities}?)": "Forse una di queste: {possibilities}?",
    "Option {name!r} does not take a value.": "L'opzione {name!r} non prende un valore.",
    "Option {name!r} requires an argument.": "L'opzione {name!r} vuole un valore.",
    "Option {name!r} requires {nargs} arguments.": "L'opzione {name!r} vuole {nargs} valori.",
    "Got unexpected extra argument ({args})": "Argomento di troppo: {args}",
    "Got unexpected extra arguments ({args})": "Argomenti di troppo: {args}",
    "Argument {name!r} takes {nargs} values.": "L'argomento {name!r} vuole {nargs} valori.",
    "Takes {nargs} values but 1 was given.": "Servono {nargs} valori, ne è stato dato 1.",
    "Takes {nargs} values but {len} were given.": "Servono {nargs} valori, ne sono stati dati {len}.",
    "Choose from:\n\t{choices}": "Da scegliere fra:\n\t{choices}",
    "{value!r} is not {choice}.": "{value!r} non è {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} non è fra {choices}.",
    "{value!r} is not a valid {number_type}.": "{value!r} non è un numero ammesso qui.",
    "{value} is not in the range {range}.": "{value} è fuori dai limiti {range}.",
    "Could not open file {filename!r}: {message}": "Il file {filename!r} non si apre: {message}",
    "{name} {filename!r} does not exist.": "{name} {filename!r} non esiste.",
    "{name} {filename!r} is a file.": "{name} {filename!r} è un file.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} è una cartella.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} non si può leggere.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} non si può scrivere.",
    "file": "file",
    "directory": "cartella",
    "path": "percorso",
}


def translate(message: str) -> str:
    """Give click's text in the language of the messages."""
    return WORDS.get(message, message) if language() == "it" else message


def translate_count(one: str, many: str, count: int) -> str:
    """Give click's text for one or many in the language of the messages."""
    return translate(one if count == 1 else many)


def install() -> None:
    """Let the modules of click that are loaded take their texts from here; doing it twice changes nothing."""
    ours: Mapping[Callable[..., str], Callable[..., str]] = {
        gettext.gettext: translate,
        gettext.ngettext: translate_count,
    }
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] == click.__name__]
    for module in modules:
        for name in ("_", "ngettext"):
            theirs = getattr(module, name, None)
            if callable(theirs) and theirs in ours:
                setattr(module, name, ours[theirs])
