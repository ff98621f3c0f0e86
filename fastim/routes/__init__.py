"""The Flask edge: parse, call a service, answer."""

from fastim.routes.health import health

ROUTES = (health,)
