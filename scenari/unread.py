"""A value that could not be read, so that the checks of everything else still run.

A document with wrong values becomes an instance in which each of them is `UNREAD`. A check may pass it on; as
soon as it looks at it, it stops, since what it would say might only follow from the mistake already told.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar


class UnreadError(Exception):
    """A check looked at a value that could not be read: it has nothing to say."""


class Unread:
    """Stands for a value that could not be read.

    Its attributes are unread too, except those known. Whatever else is asked of it, a comparison, a length,
    its type or its text, raises `UnreadError`.

    Parameters
    ----------
    known
        Attributes that could be read although the whole could not, such as an ``id``.
    """

    __slots__ = ("_known",)

    def __init__(self, known: Mapping[str, Any] | None = None) -> None:
        self._known = dict(known or {})

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._known.get(name, self)

    def _stop(self, *_: object, **__: object) -> NoReturn:
        raise UnreadError

    __bool__ = __len__ = __iter__ = __hash__ = __str__ = __int__ = __float__ = __index__ = _stop
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __getitem__ = __format__ = _stop
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _stop
    __mod__ = __rmod__ = __call__ = _stop

    # `isinstance` asks here for what the type alone does not tell.
    __class__ = property(_stop)


UNREAD: Any = Unread()

# Around a part of a check that a value which could not be read must not take from the other parts.
WHERE_READ = suppress(UnreadError)

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def where_read(check: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Let a check end at the first value that could not be read; what it found before stays.

    Parameters
    ----------
    check
        The check; one that answers whether all is well answers no when it is cut short.

    Returns
    -------
    Callable
        The same check, which never raises `UnreadError`.
    """

    @wraps(check)
    def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        try:
            return check(*args, **kwargs)
        except UnreadError:
            return False  # type: ignore[return-value]

    return guarded


def given(value: Answer) -> Answer:
    """Give a value that could be read, for a library that would stumble over any other.

    Raises
    ------
    UnreadError
        If it could not be read.
    """
    if type(value) is Unread:
        raise UnreadError
    return value


def unless_unread(derive: Callable[[], Answer]) -> Answer:
    """Derive something from a scenario; what needs a value that could not be read is `UNREAD` in turn."""
    try:
        return derive()
    except UnreadError:
        return UNREAD  # type: ignore[no-any-return]
