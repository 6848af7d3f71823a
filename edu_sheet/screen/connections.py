"""What a connection may cost: one that says nothing gives way, a stranger's body is not taken."""

from http.cookies import CookieError, SimpleCookie
from typing import Any

from edu_sheet.screen.running import Running

_OF_A_STRANGER = 10_000  # bytes of a body; a second start sends none at all


def channel_for(one: Running, most: int) -> type[Any]:
    """Return waitress's class of a connection, of which there are so many at most.

    Where one more comes, that which has been silent longest is closed: whoever opens hundreds and
    leaves them half sent keeps nobody else out.
    """
    from waitress.channel import HTTPChannel
    from waitress.parser import HTTPRequestParser, ParsingError

    class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            limit = self.adj.max_request_body_size  # above it waitress has its own answer
            large = self.chunked or _OF_A_STRANGER < self.content_length < limit
            if large and not _known(one, self.headers.get("COOKIE", "")):
                raise ParsingError("no visitor")

    class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
        parser_class = Parser

        def __init__(self, server: Any, *arguments: Any, **named: Any) -> None:
            _make_room(server.active_channels, most)
            super().__init__(server, *arguments, **named)

    return Channel


def _make_room(channels: dict[int, Any], most: int) -> None:
    idle = sorted(
        (channel for channel in channels.values() if not channel.requests),
        key=lambda channel: float(channel.last_activity),
    )
    for channel in idle[: max(len(channels) - most + 1, 0)]:
        channel.handle_close()


def _known(one: Running, header: str) -> bool:
    try:
        said = SimpleCookie(header).get(one.cookie)
    except CookieError:
        return False
    return said is not None and one.visitors.known(said.value) is not None
