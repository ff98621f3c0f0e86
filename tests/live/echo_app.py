"""A server that sends every message back, made of the product's own socket, framing and node.

Autobahn's cases ask for an echo; the chat endpoint answers in frames of its own.
"""

from gevent import monkey

monkey.patch_all()

import os

import flask_sock
from flask import Flask

from fastim.backends.counters import Counters
from fastim.protocol import limits
from fastim.realtime import framing
from fastim.realtime.connection import receive
from fastim.realtime.node import Node, Outbox
from fastim.realtime.runtime import soon
from fastim.realtime.websocket import WebSocket

flask_sock.Server = WebSocket
app = Flask(__name__)
if os.environ.get("ECHO_DEFLATE") == "on":
    app.config["SOCK_SERVER_OPTIONS"] = {"deflate": True}
    limits.FRAME_BYTES = 1 << 20  # the cases of compression have messages of 128 KiB
sock = flask_sock.Sock(app)
outbox = Outbox(soon, Counters())


@sock.route("/")
def echo(socket: WebSocket) -> None:
    node = Node("echo", 0, 0, socket, outbox)
    receive(node, lambda opcode, payload: node.offer(framing.frame(opcode, payload)))
