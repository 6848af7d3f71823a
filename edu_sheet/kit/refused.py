"""Why the system did not do what it was asked, in Chinese: its own words are English."""

import errno

_GONE = "找不到这个位置"
_NO_RIGHT = "没有权限，或正被别的程序占用"
_HELD = "正被别的程序占用"
_FULL = "磁盘已满"
_CUT = "对方断开了连接"
_NO_NETWORK = "网络不通"
_SILENT = "对方很久没有应答"
_BY_NAME = {
    "ENOENT": _GONE,
    "ENXIO": _GONE,
    "ENODEV": _GONE,
    "ENOTDIR": "其中有一段是文件，不是文件夹",
    "EISDIR": "那是文件夹，不是文件",
    "EEXIST": "已有同名的文件或文件夹",
    "ENOTEMPTY": "文件夹不是空的",
    "EACCES": _NO_RIGHT,
    "EPERM": _NO_RIGHT,
    "EBUSY": _HELD,
    "ETXTBSY": _HELD,
    "EROFS": "磁盘是只读的",
    "ENOSPC": _FULL,
    "EDQUOT": "磁盘配额已用完",
    "EFBIG": "文件太大，磁盘放不下",
    "EIO": "磁盘读写出错",
    "ENAMETOOLONG": "名称太长",
    "EINVAL": "系统不接受",
    "ELOOP": "链接绕成了一圈",
    "ESTALE": "网络盘断开过",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "ENOMEM": "内存不够",
    "EAGAIN": "系统忙不过来",
    "ENOEXEC": "不是这台电脑能运行的程序",
    "EPIPE": _CUT,
    "ECONNRESET": _CUT,
    "ECONNABORTED": _CUT,
    "ENOTCONN": _CUT,
    "ECONNREFUSED": "对方拒绝连接：那个端口没有程序在用",
    "ETIMEDOUT": _SILENT,
    "ENETUNREACH": _NO_NETWORK,
    "ENETDOWN": _NO_NETWORK,
    "EHOSTUNREACH": _NO_NETWORK,
    "EHOSTDOWN": _NO_NETWORK,
    "EADDRINUSE": "那个端口已有别的程序在用",
    "EADDRNOTAVAIL": "这台电脑没有那个地址",
}
# A system lacks some of the names; Windows has sockets' errors under numbers of their own too.
_WORDS = {
    getattr(errno, prefix + name): said
    for name, said in _BY_NAME.items()
    for prefix in ("", "WSA")
    if hasattr(errno, prefix + name)
}


def why(error: BaseException) -> str:
    """Return in Chinese why the system did not do it; where that is not known here, in its words.

    A library's error says what the system's beneath it says.
    """
    at: BaseException | None = error
    while at is not None:
        if said := _known(at):
            return said
        at = at.__cause__ or at.__context__
    return getattr(error, "strerror", None) or str(error)


def _known(error: BaseException) -> str:
    # By name: to import ssl takes as long as much of a command's own work.
    kinds = {f"{one.__module__}.{one.__name__}" for one in type(error).__mro__}
    if "socket.gaierror" in kinds:
        return "查不到这个服务器名称，或没有连上网"
    if "ssl.SSLCertVerificationError" in kinds:
        return "证书没有通过核验"
    if "ssl.SSLError" in kinds:
        return "没有建立加密连接：端口和加密方式可能不相配"
    if isinstance(error, TimeoutError):  # a socket's has no number
        return _SILENT
    return _WORDS.get(error.errno or 0, "") if isinstance(error, OSError) else ""
