"""The Flask edge: parse, call a service, answer."""

from fastim.routes.chat import chat
from fastim.routes.health import health
from fastim.routes.message import message

ROUTES = (chat, health, message)
