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
from fastim.realtime.node import CompressingNode, Node, Outbox
from fastim.realtime.runtime import soon
from fastim.realtime.websocket import WebSocket

flask_sock.Server = WebSocket
app = Flask(__name__)
limits.FRAME_BYTES = 16 << 20  # the cases' largest message
limits.NODE_QUEUE_BYTES = 17 << 20
limits.READ_BYTES = 1 << 20
if os.environ.get("ECHO_DEFLATE") == "on":
    app.config["SOCK_SERVER_OPTIONS"] = {"deflate": True}
    # The client of these cases takes no answer that is not compressed, however short or long.
    limits.DEFLATE_LEAST_BYTES, limits.DEFLATE_TURN_BYTES = 0, 17 << 20
sock = flask_sock.Sock(app)
outbox = Outbox(soon, Counters())


@sock.route("/")
def echo(socket: WebSocket) -> None:
    kind = CompressingNode if socket.window_bits else Node
    node = kind("echo", 0, 0, socket, outbox)
    receive(None, node, lambda _, node, opcode, payload: node.offer(framing.frame(opcode, payload)))
