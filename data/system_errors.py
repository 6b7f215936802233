"""What the operating system refuses, in the reader's language: its own words are English on most machines."""

import errno

from nido.data.lingua import text


def reason(error: OSError) -> str:
    """Say why a file or folder could not be read or written.

    Parameters
    ----------
    error
        What the system answered.

    Returns
    -------
    str
        A few words without the path; the number of the error when there are no words for it.
    """
    words = {
        errno.ENOENT: text("il file o la cartella non esiste", "no such file or folder"),
        errno.EISDIR: text("è una cartella, non un file", "is a folder, not a file"),
        errno.ENOTDIR: text("il percorso passa per un file", "the path leads through a file"),
        errno.EACCES: text("permesso negato", "permission denied"),
        errno.EPERM: text("permesso negato", "permission denied"),
        errno.EROFS: text("il disco è di sola lettura", "the disk is read-only"),
        errno.ENOSPC: text("il disco è pieno", "the disk is full"),
        errno.EDQUOT: text("lo spazio concesso sul disco è finito", "the disk quota is used up"),
        errno.EFBIG: text("il file diventerebbe troppo grande", "the file would be too large"),
        errno.EEXIST: text("esiste già", "already exists"),
        errno.EBUSY: text("è in uso da un altro programma", "another program uses it"),
        errno.ETXTBSY: text("è in uso da un altro programma", "another program uses it"),
        errno.ENAMETOOLONG: text("il nome è troppo lungo", "the name is too long"),
        errno.EINVAL: text("il nome non è ammesso", "the name is not allowed"),
        errno.ELOOP: text("i collegamenti girano in tondo", "the links go round in circles"),
        errno.EMFILE: text("troppi file aperti", "too many open files"),
        errno.EIO: text("errore del disco", "disk error"),
    }
    number = error.errno or 0
    return words.get(number) or text("errore di sistema {number}", "system error {number}", number=number)
