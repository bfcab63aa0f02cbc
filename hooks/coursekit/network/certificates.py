"""Certificates that a server shows without those that link them to an authority.

Browsers fetch what is missing from the address in the certificate (RFC 5280, 4.2.2.1), or know it already; of
such a server a reader sees the page.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import cast

_NO_ISSUER = (20, 21)  # X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, …_TO_VERIFY_LEAF_SIGNATURE
_CA_ISSUERS = b"\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x02"  # the identifier id-ad-caIssuers in DER


def lacks_issuer(error: Exception) -> bool:
    """Tell whether a certificate was refused because its issuer's is not at hand."""
    return getattr(error, "verify_code", None) in _NO_ISSUER


async def shown_by(address: str, port: int, name: str) -> bytes:
    """Return the certificate, in DER, that a server shows whoever asks for `name`; raises OSError."""
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE  # to look at, not to rely on: nothing is asked
    _, writer = await asyncio.open_connection(address, port, ssl=trusting, server_hostname=name)
    try:
        tls = cast("ssl.SSLObject", writer.get_extra_info("ssl_object"))
        return tls.getpeercert(binary_form=True) or b""
    finally:
        writer.transport.abort()  # a TLS goodbye would be waited for: the loop may end before it comes


def names_issuer(certificate: bytes) -> bool:
    """Tell whether a certificate in DER holds the address of its issuer's."""
    return _CA_ISSUERS in certificate
