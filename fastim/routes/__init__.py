"""The Flask edge: parse, call a service, answer."""

from flask import Blueprint

from fastim.routes.asset import asset
from fastim.routes.chat import chat
from fastim.routes.community import community
from fastim.routes.contact import contact
from fastim.routes.health import health
from fastim.routes.message import message
from fastim.routes.metrics import metrics
from fastim.routes.openapi import openapi
from fastim.routes.partial import partial
from fastim.routes.push import push
from fastim.routes.search import search
from fastim.routes.settings import settings
from fastim.routes.sticker import sticker
from fastim.routes.upload import upload
from fastim.routes.user import user
from fastim.routes.view import view

ROUTES = (
    asset,
    chat,
    community,
    contact,
    health,
    message,
    metrics,
    openapi,
    partial,
    push,
    search,
    settings,
    sticker,
    upload,
    user,
    view,
)

_EVERYWHERE = (health, metrics)
_FILES = (asset, partial, upload)
ELSEWHERE: dict[str, tuple[Blueprint, ...]] = {
    "all": (),
    "api": (chat, *_FILES[1:]),
    "chat": tuple(one for one in ROUTES if one not in (chat, *_EVERYWHERE)),
    "files": tuple(one for one in ROUTES if one not in (*_FILES, *_EVERYWHERE)),
}
"""What machines of each role do not do; their balancer asks others for it."""
