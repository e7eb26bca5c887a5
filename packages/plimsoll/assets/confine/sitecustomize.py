"""Runs before the program in every Python process of a lab, from Python 3.7 on.

It asks the lab, at the socket beside this file, about every address before anything is sent there; what the lab does
not let pass is refused as the system would refuse it. Without an answer nothing passes. A sitecustomize of the
machine's own runs after it.
"""

import errno
import json
import os
import socket
import sys
import time
import weakref
from _socket import socket as _Plain
from _thread import _local

_HERE = os.path.dirname(os.path.abspath(__file__))
_DOOR = os.path.join(_HERE, "door")
_PATIENCE_S = 30
_INTERNET = (socket.AF_INET, socket.AF_INET6)
_UNIX = getattr(socket, "AF_UNIX", None)


class Refused(socket.gaierror, ConnectionRefusedError):
    """A look-up and a connection are refused alike, and caught as either."""

    # Two bases with their own text: the message is the one that is shown.
    def __str__(self):
        return "[Errno %s] %s" % (self.errno, self.strerror)


_answers = {}
_names = {}
_own = _local()


def _unseen(act, *given):
    """Does something of ours, which the audit lets be."""
    before = getattr(_own, "acts", False)
    _own.acts = True
    try:
        return act(*given)
    finally:
        _own.acts = before


def _talk(question):
    door = _Plain(_UNIX, socket.SOCK_STREAM)
    try:
        door.settimeout(_PATIENCE_S)
        door.connect(_DOOR)
        door.sendall((json.dumps(dict(question, pid=os.getpid())) + "\n").encode())
        text = b""
        while True:
            part = door.recv(4096)
            if not part:
                return json.loads(text)
            text += part
    except (OSError, ValueError):
        return {"pass": False, "text": "Plimsoll's lab does not answer", "forMs": 0, "counts": False}
    finally:
        door.close()


def _send(question):
    return _unseen(_talk, question)


def _ask(kind, host, port=None, times=1):
    """The answer for one use of an address; what is the lab's own need not be asked for again for a while."""
    key = (kind, host, port)
    answer, until = _answers.get(key, (None, 0))
    if time.monotonic() < until:
        return answer
    question = {"kind": kind, "host": host, "times": times}
    if port is not None:
        question["port"] = port
    if host in _names:
        question["name"] = _names[host]
    answer = _send(question)
    if not answer["counts"]:
        _answers[key] = answer, time.monotonic() + answer["forMs"] / 1000
    return answer


def _refusal(answer, host, port=None):
    place = host if port is None else ("[%s]:%s" if ":" in host else "%s:%s") % (host, port)
    note = " (%s)" % answer["text"] if answer["text"] else ""
    return Refused(errno.ECONNREFUSED, "connect ECONNREFUSED %s%s" % (place, note))


def _text(value):
    return os.fsdecode(value) if isinstance(value, (bytes, bytearray)) else value


def _check(kind, host, port=None):
    host = _text(host)
    answer = _ask(kind, host, port)
    if not answer["pass"]:
        raise _refusal(answer, host, port)


def _target(sock, address):
    """What a socket is about to reach, as the lab is asked for it; None for what never leaves the program."""
    if sock.family in _INTERNET and isinstance(address, tuple) and len(address) > 1:
        host = _text(address[0])
        kind = "udp" if sock.type & 0xF == socket.SOCK_DGRAM else "tcp"
        if isinstance(host, str) and isinstance(address[1], int):
            return kind, host.split("%")[0] or "localhost", address[1]
    if sock.family == _UNIX and isinstance(address, (str, bytes, bytearray)):
        path = _text(address)
        if path and not path.startswith("\0"):
            return "unix", os.path.abspath(path), None
        return "unix", "@" + path[1:], None
    return None


def _is_here(host):
    if host is None or host in ("", "localhost", b"", b"localhost"):
        return True
    try:
        text = _text(host).split("%")[0]
        socket.inet_pton(socket.AF_INET6 if ":" in text else socket.AF_INET, text)
        return True
    except (OSError, ValueError, AttributeError):
        return not isinstance(host, (str, bytes, bytearray))


def _port(service):
    """The number behind what a look-up is given as its port; None where it is none."""
    try:
        return int(service) or None
    except (TypeError, ValueError):
        try:
            return socket.getservbyname(_text(service))
        except (OSError, TypeError):
            return None


def _audit(event, given):
    """Below every library: nothing that Python itself connects, sends or looks up gets past it."""
    if getattr(_own, "acts", False) or not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        target = _target(given[0], given[1])
        if target is not None:
            _check(*target)
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        if not _is_here(given[0]):
            _check("name", given[0], _port(given[1]) if event == "socket.getaddrinfo" else None)


_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_sendto = socket.socket.sendto
_send_on = socket.socket.send
_getaddrinfo = socket.getaddrinfo
_dark = weakref.WeakKeyDictionary()


def _darken(sock, target):
    """A socket of datagrams only remembers its destination: nothing was sent yet, and what will be is lost."""
    if socket.socket.send is _send_on:
        socket.socket.send = _lost(_send_on, len)
        socket.socket.sendall = _lost(socket.socket.sendall, lambda data: None)
    _dark[sock] = target
    _unseen(_connect, sock, ("::1", 1) if sock.family == socket.AF_INET6 else ("127.0.0.1", 1))


def _lost(original, result):
    def send(self, data, *rest):
        if self not in _dark:
            return original(self, data, *rest)
        _ask(*_dark[self])
        return result(data)

    return send


def connect(self, address):
    target = _target(self, address)
    if target is not None and target[0] == "udp":
        # Asked for only when something is sent: programs find out their own address in this way.
        if not _ask(*target, times=0)["pass"]:
            return _darken(self, target)
        _dark.pop(self, None)
    elif target is not None:
        _check(*target)
    return _connect(self, address)


def connect_ex(self, address):
    target = _target(self, address)
    try:
        if target is not None and target[0] == "udp":
            return connect(self, address) or 0
        if target is not None:
            _check(*target)
        return _connect_ex(self, address)
    except Refused as refused:
        return refused.errno


def sendto(self, data, *rest):
    target = _target(self, rest[-1]) if rest else None
    if target is not None and target[0] == "udp" and not _ask(*target)["pass"]:
        return len(data)
    return _sendto(self, data, *rest)


def getaddrinfo(host, *rest, **more):
    found = _getaddrinfo(host, *rest, **more)
    if not _is_here(host):
        for each in found:
            _names[each[4][0]] = _text(host)
    return found


def _wrap_psycopg2(module):
    """Its connections are made in C; where they lead is known before."""
    inner = module._connect

    def connect_checked(dsn, *rest, **more):
        _check_libpq(module, module.extensions.parse_dsn(dsn or ""))
        return inner(dsn, *rest, **more)

    module._connect = connect_checked


def _wrap_psycopg(module):
    def checked(original):
        def make(cls, conninfo="", *rest, **more):
            known = {"autocommit", "prepare_threshold", "context", "row_factory", "cursor_factory"}
            words = {name: value for name, value in more.items() if name not in known}
            _check_libpq(module, module.conninfo.conninfo_to_dict(conninfo, **words))
            return original.__func__(cls, conninfo, *rest, **more)

        return classmethod(make)

    for kind in (module.Connection, module.AsyncConnection):
        kind.connect = checked(kind.__dict__["connect"])
    module.connect = module.Connection.connect


def _check_libpq(module, words):
    """As the library itself tells that a server refused it."""
    try:
        _check_servers(words)
    except Refused as refused:
        raise module.OperationalError(str(refused)) from refused


def _check_servers(words):
    def listed(name, variable, otherwise):
        value = words.get(name)
        return str(value if value not in (None, "") else os.environ.get(variable) or otherwise).split(",")

    hosts = listed("hostaddr", "PGHOSTADDR", "")
    if hosts == [""]:
        hosts = listed("host", "PGHOST", "/var/run/postgresql")
    ports = listed("port", "PGPORT", "5432")
    for index, host in enumerate(hosts):
        port = ports[index if index < len(ports) else 0] or "5432"
        if host.startswith("/"):
            _check("unix", "%s/.s.PGSQL.%s" % (host, port))
        elif not host.startswith("@"):
            _check("tcp", host or "localhost", int(port))


def _wrap_uvloop(module):
    """It connects in C, so what it is told is looked at before."""

    def checked(name, look):
        original = getattr(module.Loop, name)

        async def make(self, *given, **more):
            for target in look(given, more):
                _check(*target)
            return await original(self, *given, **more)

        setattr(module.Loop, name, make)

    def value(given, more, at, name):
        return given[at] if len(given) > at else more.get(name)

    def connection(given, more):
        host, port = value(given, more, 1, "host"), value(given, more, 2, "port")
        return [] if port is None else [("tcp", host or "localhost", int(port))]

    def datagram(given, more):
        remote = value(given, more, 2, "remote_addr")
        return [("udp", remote[0], int(remote[1]))] if isinstance(remote, tuple) else []

    def pipe(given, more):
        path = value(given, more, 1, "path")
        return [] if path is None else [("unix", os.path.abspath(_text(path)))]

    def name(given, more):
        host = value(given, more, 0, "host")
        return [] if _is_here(host) else [("name", host)]

    checked("create_connection", connection)
    checked("create_datagram_endpoint", datagram)
    checked("create_unix_connection", pipe)
    checked("getaddrinfo", name)


_WRAPS = {"psycopg2": _wrap_psycopg2, "psycopg": _wrap_psycopg, "uvloop": _wrap_uvloop}


class _Finder:
    """Waits for the libraries that connect in C."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        wrap = _WRAPS.pop(name, None)
        if wrap is None:
            return None
        from importlib.util import find_spec

        spec = find_spec(name)
        if spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            wrap(module)

        spec.loader.exec_module = exec_module
        return spec


def _hold():
    socket.socket.connect = connect
    socket.socket.connect_ex = connect_ex
    socket.socket.sendto = sendto
    socket.getaddrinfo = getaddrinfo
    if hasattr(sys, "addaudithook"):
        sys.addaudithook(_audit)
    sys.meta_path.insert(0, _Finder)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: _send({"kind": "hello"}))
    _send({"kind": "hello"})


def _go_on():
    """The sitecustomize that would have run without this one."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    others = [each for each in sys.path if os.path.abspath(each or ".") != _HERE]
    spec = PathFinder.find_spec("sitecustomize", others)
    if spec is None or spec.loader is None:
        return
    module = module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


_hold()
_go_on()
