"""What speaks MongoDB's protocol."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.servers.ports import free_port, is_answering
from tests.servers.process import Process


class MongoLike(Process):
    """NX-27017: MongoDB's protocol before SQLite, for want of a MongoDB that can be installed by name."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"mongodb://127.0.0.1:{self.port}"
        options = ["--data-dir", "memory", "--port", str(self.port)]
        options += ["--log-file", str(folder / "nx.log"), "--pid-file", str(folder / "nx.pid")]
        super().__init__([str(Path(sys.executable).with_name("nx-27017")), *options], folder)
        self.wait_until(lambda: is_answering(self.port))
