"""What goes wrong, or only strangely, between two machines."""

from __future__ import annotations

import asyncio

from tests.links.web import Reply, Talk, reset
from tests.links.wild.case import HERE, MISSING, Answer, Case, alive, dead, everywhere, here

_TEXT = b"<!DOCTYPE html><title>Cours</title><p>Bonjour, voici le cours."
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_LENGTH = b"Content-Length: %d\r\n\r\n" % len(_TEXT)
_WHOLE = _HEAD + _LENGTH + _TEXT


def _slowly(*pieces: bytes, pause: float, cut: bool = False) -> Talk:
    """Say these pieces, a pause (seconds) after each; a cut ends in a reset."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
        if cut:
            reset(writer)

    return talk


async def _holds(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accept, and never say a word."""
    await reader.read()


async def _repeats(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say for ever that there is more to come."""
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 50)
        await writer.drain()
        await asyncio.sleep(0.01)


async def _drips(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a head that never ends, a byte at a time."""
    writer.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.2)


async def _trickles(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a page that never ends, a paragraph at a time."""
    writer.write(_HEAD + b"\r\n<title>Journal en direct</title>")
    while True:
        writer.write(b"<p>une ligne de plus")
        await writer.drain()
        await asyncio.sleep(0.2)


async def _once_a_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one request as if the connection stayed, and close it without a word."""
    head = await reader.readuntil(b"\r\n\r\n")
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    writer.write(_WHOLE if f" {HERE} ".encode() in head else missing)
    await writer.drain()


def _talks(talk: Talk) -> Answer:
    return here(Reply(talk=talk))


def _raw(label: str, raw: bytes) -> Case:
    return alive(label, here(Reply(raw=raw)))


STRANGE = [
    _raw("line ends without returns", _WHOLE.replace(b"\r\n", b"\n")),
    _raw("an empty line first", b"\r\n" + _WHOLE),
    _raw("HTTP/1.0, until the end", b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + _TEXT),
    _raw("a header over two lines", _HEAD + b"X-Policy: a;\r\n\tb\r\n" + _LENGTH + _TEXT),
    _raw("a header that is none", _HEAD + b"ceci n'est pas un en-tete\r\n" + _LENGTH + _TEXT),
    _raw("a header with accents", _HEAD + "X-Auteur: Zoé\r\n".encode("latin-1") + _LENGTH + _TEXT),
    _raw("a header with a blank in its name", _HEAD + b"X Cache : HIT\r\n" + _LENGTH + _TEXT),
    _raw("300 headers", _HEAD + b"".join(b"X-H-%d: 1\r\n" % n for n in range(300)) + _LENGTH + _TEXT),
    _raw(
        "a policy of 20 kilobytes",
        _HEAD + b"Content-Security-Policy: " + b"a.example " * 2000 + b"\r\n" + _LENGTH + _TEXT,
    ),
    _raw("80 cookies", _HEAD + b"Set-Cookie: a=b; Path=/\r\n" * 80 + _LENGTH + _TEXT),
    _raw(
        "an upgrade that nobody asked for",
        _HEAD + b"Upgrade: h2,h2c\r\nConnection: Upgrade\r\n" + _LENGTH + _TEXT,
    ),
    _raw("a reason with an accent", "HTTP/1.1 200 Ça va\r\n".encode("latin-1") + _LENGTH + _TEXT),
    alive(
        "head in small pieces",
        _talks(_slowly(*(_WHOLE[i : i + 9] for i in range(0, len(_WHOLE), 9)), pause=0.03)),
    ),
    alive("a status, and a pause", _talks(_slowly(b"HTTP/1.1 200 OK\r\n", _WHOLE[17:], pause=0.9))),
    alive("a body after a pause", _talks(_slowly(_HEAD + _LENGTH, _TEXT, pause=0.9))),
    alive("a page that never ends", _talks(_trickles)),
    alive("connections closed without a word", everywhere(MISSING), stranger=_once_a_connection),
    alive(
        "cut after a healthy start",
        _talks(_slowly(_HEAD + b"Content-Length: 9000\r\n\r\n" + _TEXT, pause=0.1, cut=True)),
        verdicts="ok flaky blocked",
    ),
]

GONE = [
    dead("nobody listens", here(), "http://127.0.0.1:1" + HERE),
    dead("no such host", here(), "http://cours.disparu.invalid" + HERE),
    dead("no such host, in Greek", here(), "http://μάθημα.invalid" + HERE),
    dead("cut at once", here(), stranger=_slowly(b"", pause=0, cut=True)),
    dead("cut within the head", _talks(_slowly(_HEAD, pause=0.05, cut=True))),
    dead("closed within the head", _talks(_slowly(b"HTTP/1.1 200 OK\r\nContent-Ty", pause=0))),
    dead("closed without a word", _talks(_slowly(pause=0))),
    dead("accepts, and hangs", here(), stranger=_holds, verdicts="timeout"),
    dead("a head that never ends", _talks(_drips), verdicts="timeout broken"),
    dead("for ever more to come", _talks(_repeats), verdicts="timeout broken"),
    dead("mail", here(), stranger=_slowly(b"220 mail.example ESMTP\r\n", pause=0.1)),
    dead(
        "a page of a hundred headers a millisecond",
        here(Reply(raw=_HEAD + b"X: y\r\n" * 500_000 + _LENGTH)),
        verdicts="broken timeout",
    ),
    # Browsers take HTTP/0.9 on the usual ports only.
    dead("HTTP/0.9 on another port", here(Reply(raw=b"<html><title>Cours</title><p>Bonjour"))),
    dead(
        "two lengths that differ",
        here(Reply(raw=_HEAD + b"Content-Length: 9\r\n" + _LENGTH + _TEXT)),
    ),
    dead("a status that is none", here(Reply(raw=b"HTTP/1.1 abc\r\n" + _LENGTH + _TEXT))),
]


def _late(seconds: float) -> Answer:
    """Think as long before every page."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        writer.write(_WHOLE)
        await writer.drain()

    return _talks(talk)


MORE = [
    alive("a server that takes half of the time there is", _late(3), verdicts="ok flaky"),
    _raw("rubbish after a page", _WHOLE + b"HTTP/1.1 500 Oups\r\n\r\n"),
    _raw("chunks in capitals", _HEAD + b"Transfer-Encoding: Chunked\r\n\r\n7\r\nBonjour\r\n0\r\n\r\n"),
    _raw("an empty coding", _HEAD + b"Content-Encoding: \r\n" + _LENGTH + _TEXT),
    _raw("two types", _HEAD + b"Content-Type: text/html; charset=utf-8\r\n" + _LENGTH + _TEXT),
    _raw("a cookie that is none", _HEAD + b"Set-Cookie: =;;; \x01\r\n" + _LENGTH + _TEXT),
    _raw("205 and a page", b"HTTP/1.1 205 Reset Content\r\n" + _HEAD.partition(b"\r\n")[2] + _LENGTH + _TEXT),
]

CASES = STRANGE + GONE + MORE
