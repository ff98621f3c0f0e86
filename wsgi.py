"""The entry for gunicorn and `flask run`: gevent patches first, so both run one concurrency model."""

from gevent import monkey

monkey.patch_all()

from fastim import preflight
from fastim.app import create_app

preflight.before_flask_run()
app = create_app()
