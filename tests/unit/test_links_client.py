"""The web client, against servers that break every rule, on the loopback interface."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.links.checking.exchange import Answer, Failure, Request, Trouble
from coursekit.network import client as client_module
from coursekit.network.client import Client
from coursekit.network.content import Decoder, wanted
from coursekit.network.private import is_private, is_private_literal
from tests.cases_data import cases

Serve = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture(scope="module", autouse=True)
def one_context() -> Iterator[None]:
    """Read the system's certificates once, not for each client: it takes longer than a test."""
    context = client_module._tls(None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client_module, "_tls", lambda bundle: context)
        yield


def fetch(
    serve: Serve,
    *paths: str,
    host: str = "127.0.0.1",
    seconds: float = 5,
    max_bytes: int = 10_000,
    **more: Any,
) -> list[Answer | Failure]:
    """Return what comes of GETs one after another, of one client, from a server of its own."""

    async def main() -> list[Answer | Failure]:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                while True:
                    await serve(await reader.readuntil(b"\r\n\r\n"), writer)
                    await writer.drain()
            except (asyncio.IncompleteReadError, ConnectionError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(connected, host, 0)
        port = server.sockets[0].getsockname()[1]
        origin = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        try:
            async with Client(contact="https://cours.example/", allow_private=True) as client:
                requests = (Request(origin + path, seconds, max_bytes, **more) for path in paths)
                return [await client.fetch(request) for request in requests]
        finally:
            server.close()

    return asyncio.run(main())


def ask(url: str, *, allow_private: bool = True, seconds: float = 5) -> Answer | Failure:
    """Return what comes of a GET to anywhere."""

    async def main() -> Answer | Failure:
        async with Client(allow_private=allow_private) as client:
            return await client.fetch(Request(url, seconds, 10_000))

    return asyncio.run(main())


def saying(data: bytes) -> Serve:
    """Send bytes and hang up."""

    async def serve(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        writer.close()

    return serve


async def echo(head: bytes, writer: asyncio.StreamWriter) -> None:
    """Answer with the head that came."""
    writer.write(PAGE + b"Content-Length: %d\r\n\r\n" % len(head) + head)


def answer_to(serve: Serve, **more: Any) -> Answer:
    answer = fetch(serve, "/", **more)[0]
    assert isinstance(answer, Answer), answer
    return answer


def coded(coding: str, body: bytes) -> bytes:
    return PAGE + f"Content-Encoding: {coding}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


# -- what is sent --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/a%2Fb", "/caf%C3%A9/%c3%a9", "/wiki/Docker_(logiciel)", "/q?a=1&b=2&c=%26", "/?x=%27'", "/a;b=~*"],
)
def test_an_address_is_sent_as_it_is_written(path: str) -> None:
    answer = fetch(echo, path)[0]
    assert isinstance(answer, Answer)
    assert answer.body.startswith(f"GET {path} HTTP/1.1\r\n".encode())


def test_a_robot_says_who_it_is() -> None:
    head = answer_to(echo, headers={"Cookie": "a=1"}).body.decode().lower()
    assert "\r\nuser-agent: mozilla/5.0 (compatible; coursekit-links/" in head
    assert "; +https://cours.example/)\r\n" in head
    for line in ("accept: text/html", "accept-language: fr", "accept-encoding: gzip, deflate", "cookie: a=1"):
        assert f"\r\n{line}" in head
    assert "br" not in head.partition("accept-encoding: ")[2].partition("\r\n")[0]


def test_a_connection_serves_twice_and_keeps_no_cookie() -> None:
    peers: set[Any] = set()

    async def serve(head: bytes, writer: asyncio.StreamWriter) -> None:
        peers.add(writer.get_extra_info("peername"))
        writer.write(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2; Path=/\r\nContent-Length: ")
        writer.write(b"%d\r\n\r\n" % len(head) + head)

    first, second = fetch(serve, "/1", "/2")
    assert len(peers) == 1
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert first.cookies == ("a=1", "b=2; Path=/")
    assert b"Cookie" not in second.body


def test_a_connection_that_went_stale_is_made_anew() -> None:
    answers = fetch(saying(PAGE + b"Content-Length: 2\r\n\r\nok"), "/1", "/2", "/3")
    assert [answer.body for answer in answers if isinstance(answer, Answer)] == [b"ok"] * 3


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert answer_to(echo).status == 200


def test_ipv6() -> None:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            pass
    except OSError:
        pytest.skip("no IPv6 on this machine")
    answer = answer_to(echo, host="::1")
    assert b"\r\nHost: [::1]:" in answer.body


# -- what comes ----------------------------------------------------------------------------------------


@cases("links/client")
def test_servers_are_read_as_browsers_read_them(case: dict[str, Any]) -> None:
    sent = case["sent"].replace("{repeat}", case.get("repeat", "") * case.get("times", 200))
    answer = fetch(saying(sent.encode("latin-1")), "/")[0]
    if "trouble" in case:
        assert isinstance(answer, Failure)
        assert answer.trouble == case["trouble"]
        return
    assert isinstance(answer, Answer)
    assert answer.status == case["status"]
    assert answer.body == case.get("body", "hello").encode()
    assert answer.complete is case.get("complete", True)
    assert case.get("headers", {}).items() <= answer.headers.items()


@pytest.mark.parametrize("location", [b"/caf\xc3\xa9", b"/caf\xe9"])
def test_the_bytes_of_a_header_can_be_had_back(location: bytes) -> None:
    answer = answer_to(saying(b"HTTP/1.1 301 X\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n"))
    assert answer.headers["location"].encode("utf-8", "surrogateescape") == location


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


TEXT = b"<p>Contenu du cours.</p>" * 50


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0" * 30),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
    ],
    ids=["gzip", "capitals", "x-gzip", "members", "padding", "deflate", "raw deflate"],
)
def test_content_codings(coding: str, body: bytes) -> None:
    answer = answer_to(saying(coded(coding, body)))
    assert (answer.body, answer.complete) == (TEXT, True)


def test_a_coding_cut_short_gives_what_came() -> None:
    answer = answer_to(saying(coded("gzip", gzip.compress(bytes(range(256)) * 9)[:120])))
    assert not answer.complete
    assert answer.body == (bytes(range(256)) * 9)[: len(answer.body)] != b""


def test_a_bomb_is_not_unpacked() -> None:
    answer = answer_to(saying(coded("gzip", gzip.compress(bytes(50_000_000)))))
    assert (len(answer.body), answer.complete) == (10_000, False)


@given(st.binary(max_size=2000), st.integers(1, 50), st.sampled_from(["gzip", "deflate", "", "none", "br"]))
def test_decoding_never_fails_but_by_value(data: bytes, step: int, coding: str) -> None:
    decoder = Decoder(coding)
    try:
        out = b"".join(decoder.feed(data[at : at + step], 100) for at in range(0, len(data), step))
    except ValueError:
        return
    if coding in ("", "none"):
        assert (out, decoder.is_whole) == (data, True)


@given(st.binary(max_size=3000), st.integers(1, 500))
def test_decoding_piece_by_piece(data: bytes, step: int) -> None:
    packed = gzip.compress(data)
    decoder = Decoder("gzip")
    pieces = [packed[at : at + step] for at in range(0, len(packed), step)]
    assert b"".join(decoder.feed(piece, 1 << 20) for piece in pieces) == data
    assert decoder.is_whole


def test_an_endless_page_is_left_at_the_limit() -> None:
    async def serve(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(PAGE + b"\r\n")
        while True:
            writer.write(b"<p>aaaa</p>\n" * 500)
            await writer.drain()

    answer = answer_to(serve)
    assert (len(answer.body), answer.complete) == (10_000, False)


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("text/html; charset=utf-8", 9999),
        ("TEXT/PLAIN", 9999),
        ("application/ld+json", 9999),
        ("image/svg+xml", 9999),
        ("", 9999),
        ("application/pdf", 4096),
        ("image/png", 4096),
    ],
)
def test_what_is_no_text_is_only_sampled(kind: str, most: int) -> None:
    assert wanted(kind, 9999) == most


# -- time ----------------------------------------------------------------------------------------------


def test_a_body_that_drips_is_an_answer() -> None:
    async def serve(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(PAGE + b"Content-Length: 9999\r\n\r\nhello")
        await writer.drain()
        await asyncio.Event().wait()

    answer = answer_to(serve, seconds=0.2)
    assert (answer.body, answer.complete) == (b"hello", False)
    assert 0.2 <= answer.seconds < 2


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nX-A: "])
def test_a_head_that_never_ends_is_none(said: bytes) -> None:
    async def serve(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        await writer.drain()
        await asyncio.Event().wait()

    answer = fetch(serve, "/", seconds=0.2)[0]
    assert isinstance(answer, Failure)
    assert answer.trouble is Trouble.TIMEOUT
    assert 0.2 <= answer.seconds < 2


def test_only_cancelling_leaves_a_fetch() -> None:
    asked = asyncio.Event()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with Client(allow_private=True) as client:
            task = asyncio.create_task(client.fetch(Request(url, 30, 1000)))
            await asked.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        server.close()

    asyncio.run(main())


# -- troubles ------------------------------------------------------------------------------------------


def test_a_connection_cut_before_a_head() -> None:
    async def serve(head: bytes, writer: asyncio.StreamWriter) -> None:
        reset = struct.pack("ii", 1, 0)  # RFC 9293, 3.10.4: abort
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        writer.transport.abort()

    answer = fetch(serve, "/")[0]
    assert isinstance(answer, Failure)
    assert answer.trouble is Trouble.RESET


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a_port_where_nobody_listens() -> None:
    answer = ask(f"http://127.0.0.1:{closed_port()}/")
    assert isinstance(answer, Failure)
    assert answer.trouble is Trouble.REFUSED


@pytest.mark.parametrize(
    "url",
    ["http://a..b/", f"http://{'a' * 70}.example/", "http://127.0.0.1:99999/", "http://[::1/", "nothing"],
)
def test_addresses_that_lead_nowhere(url: str) -> None:
    answer = ask(url)
    assert isinstance(answer, Failure)
    assert answer.trouble in (Trouble.DNS, Trouble.PROTOCOL)


def test_https_that_speaks_http() -> None:
    async def main() -> Answer | Failure:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        try:
            async with Client(allow_private=True) as client:
                port = server.sockets[0].getsockname()[1]
                return await client.fetch(Request(f"https://127.0.0.1:{port}/", 5, 1000))
        finally:
            server.close()

    answer = asyncio.run(main())
    assert isinstance(answer, Failure)
    assert answer.trouble is Trouble.TLS


# -- names and private addresses -----------------------------------------------------------------------


class Names:
    """A system's resolver that counts."""

    def __init__(self, *addresses: str, error: OSError | None = None) -> None:
        self.asked: list[str] = []
        self._addresses = addresses
        self._error = error

    def getaddrinfo(self, host: str, port: int, **_: Any) -> list[Any]:
        self.asked.append(host)
        if self._error:
            raise self._error
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in self._addresses]


def ask_many(
    names: Names, monkeypatch: pytest.MonkeyPatch, times: int, *, allow_private: bool
) -> set[Trouble]:
    monkeypatch.setattr(socket, "getaddrinfo", names.getaddrinfo)

    async def main() -> set[Trouble]:
        async with Client(allow_private=allow_private) as client:
            url = f"http://hote.example:{closed_port()}/"
            asked = (client.fetch(Request(f"{url}{number}", 5, 1000)) for number in range(times))
            return {answer.trouble for answer in await asyncio.gather(*asked) if isinstance(answer, Failure)}

    return asyncio.run(main())


def test_a_vanished_host_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(error=socket.gaierror(socket.EAI_NONAME, "Name or service not known"))
    assert ask_many(names, monkeypatch, 300, allow_private=False) == {Trouble.DNS}
    assert names.asked == ["hote.example"]


def test_a_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names("127.0.0.1")
    assert ask_many(names, monkeypatch, 50, allow_private=True) == {Trouble.REFUSED}
    assert names.asked == ["hote.example"]


def test_a_name_that_leads_home_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names("127.0.0.1", "10.0.0.1")
    assert ask_many(names, monkeypatch, 3, allow_private=False) == {Trouble.PRIVATE}


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "0", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254"],
)
def test_a_private_address_is_not_asked(host: str) -> None:
    answer = ask(f"http://{host}:9/", allow_private=False)
    assert isinstance(answer, Failure)
    assert answer.trouble is Trouble.PRIVATE


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "127.9.9.9", "169.254.1.1", "172.16.0.1"),
        *("192.0.2.1", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fc00::1", "fe80::1", "fe80::1%eth0", "ff02::1", "2001:db8::1", "::127.0.0.1"),
        *("::ffff:10.0.0.1", "64:ff9b::127.0.0.1", "2002:7f00:1::", "2002:a00:1::1", "no address"),
    ],
)
def test_private_addresses(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "193.51.208.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"]
)
def test_public_addresses(address: str) -> None:
    assert not is_private(address)


@given(st.ip_addresses(v=4))
def test_a_carried_address_is_as_private_as_itself(address: Any) -> None:
    for carrier in ("::ffff:", "64:ff9b::"):
        assert is_private(f"{carrier}{address}") == is_private(str(address))
    assert is_private_literal(str(int(address))) == is_private(str(address))


@given(st.text(max_size=30))
def test_any_host_is_judged(host: str) -> None:
    assert is_private_literal(host) in (True, False)
