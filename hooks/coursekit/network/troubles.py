"""Why no answer came, from what the system and aiohttp say."""

from __future__ import annotations

import errno
import ssl

import aiohttp

from coursekit.links.checking.exchange import Trouble
from coursekit.network.resolver import PrivateAddressError

_OF_SYSTEM = {
    errno.ECONNREFUSED: Trouble.REFUSED,
    errno.ETIMEDOUT: Trouble.TIMEOUT,
    errno.ECONNRESET: Trouble.RESET,
    errno.ECONNABORTED: Trouble.RESET,
    errno.EPIPE: Trouble.RESET,
}


def trouble(error: Exception) -> tuple[Trouble, str]:
    """Return what went wrong, and the system's or library's own words for it."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return Trouble.TLS, _of_certificate(error.certificate_error)
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return Trouble.TLS, str(error)
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return Trouble.RESET, ""
    if isinstance(error, OSError):
        cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
        return _of_system(error, cause), cause.strerror or str(cause)
    return Trouble.PROTOCOL, f"{type(error).__name__}: {error}"


def _of_system(error: OSError, cause: OSError) -> Trouble:
    if isinstance(cause, PrivateAddressError):
        return Trouble.PRIVATE
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Trouble.DNS
    if cause.errno is None:  # asyncio's own words for a peer that hangs up during the handshake of TLS
        return Trouble.RESET
    return _OF_SYSTEM.get(cause.errno, Trouble.UNREACHABLE)


def _of_certificate(error: Exception) -> str:
    return getattr(error, "verify_message", "") or str(error)
