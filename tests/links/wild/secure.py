"""Certificates and handshakes."""

from __future__ import annotations

import asyncio
import ssl

from tests.links.web import html, tls_settings
from tests.links.wild.case import Case, alive, dead, everywhere, here, unsure


def _asks_for_a_certificate() -> ssl.SSLContext:
    settings = tls_settings("several")
    settings.verify_mode = ssl.CERT_OPTIONAL
    return settings


def _only(version: ssl.TLSVersion, ciphers: str = "") -> ssl.SSLContext:
    settings = tls_settings("several")
    settings.minimum_version = settings.maximum_version = version
    if ciphers:
        settings.set_ciphers(ciphers)
    return settings


async def _cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Close the connection once a client has said hello."""
    await reader.read(1)


async def _alert(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Refuse a client's hello: unrecognized_name (RFC 6066, 3)."""
    await reader.read(1)
    writer.write(b"\x15\x03\x03\x00\x02\x02\x70")
    await writer.drain()


async def _of_another_age(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer a client's hello by TLS 1.0's (RFC 2246, 7.4.1.3)."""
    await reader.read(1)
    hello = (
        b"\x03\x01" + bytes(range(32)) + b"\x00\x00\x2f\x00"
    )  # version, random, session, cipher, compression
    message = b"\x02" + len(hello).to_bytes(3, "big") + hello
    writer.write(b"\x16\x03\x01" + len(message).to_bytes(2, "big") + message)
    await writer.drain()
    await reader.read()


async def _plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer without TLS."""
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


# Each of these stands on an address that the certificate `several` names.
CASES: list[Case] = [
    alive("TLS 1.3", here(), certificate=_only(ssl.TLSVersion.TLSv1_3)),
    alive("TLS 1.2", here(), certificate=_only(ssl.TLSVersion.TLSv1_2)),
    alive("a certificate and those between", here(), certificate="chain"),
    alive("asks for a certificate, lives without", here(), certificate=_asks_for_a_certificate()),
    dead("not valid yet", here(), certificate="to-come"),
    dead("the address only as a common name", here(), certificate="common-name"),
    dead("the address as a name of a host", here(), certificate="address-as-name"),
    dead("of another age", here(), certificate="", stranger=_of_another_age),
    dead("a handshake cut", here(), certificate="", stranger=_cut),
    dead("a handshake refused", here(), certificate="", stranger=_alert),
    dead("no TLS at all", here(), certificate="", stranger=_plain),
    unsure(
        "nginx wants a reader's certificate",
        everywhere(html("400 No required SSL certificate was sent", "<center>nginx</center>", status=400)),
        certificate=_asks_for_a_certificate(),
    ),
    # Browsers fetch what is missing from the address in the certificate, or know it already.
    unsure(
        "those between left out",
        here(),
        certificate="without-chain",
        verdicts="blocked ok",
    ),
]
