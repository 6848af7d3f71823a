"""What a connection may cost: one that says nothing gives way, a stranger's body is not taken."""

from http.cookies import CookieError, SimpleCookie
from typing import Any

from edu_sheet.screen.running import Running

_OF_A_STRANGER = 10_000  # bytes of a body; a second start sends none at all
_TOO_LARGE = "文件太大，没有传。一个文件最多 500 MB：请直接放进“收件箱”文件夹。"
_MALFORMED = "这个请求不完整，没有办。请从“督办填报”重新打开。"


def channel_for(one: Running, most: int) -> type[Any]:
    """Return waitress's class of a connection, of which there are so many at most.

    Where one more comes, that which has been silent longest is closed: whoever opens hundreds and
    leaves them half sent keeps nobody else out.
    """
    from waitress.channel import HTTPChannel
    from waitress.parser import HTTPRequestParser, ParsingError
    from waitress.task import ErrorTask

    class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            limit = self.adj.max_request_body_size  # above it waitress has its own answer
            large = self.chunked or _OF_A_STRANGER < self.content_length < limit
            if large and not _known(one, self.headers.get("COOKIE", "")):
                raise ParsingError("no visitor")

    class Refusal(ErrorTask):  # type: ignore[misc]  # waitress has no types
        def execute(self) -> None:
            error = self.request.error
            self.status, headers, _ = error.to_response()
            body = (_TOO_LARGE if error.code == 413 else _MALFORMED).encode()
            self.response_headers.extend(headers)
            self.set_close_on_finish()
            self.content_length = len(body)
            self.write(body)

    class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
        parser_class = Parser
        error_task_class = Refusal

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
