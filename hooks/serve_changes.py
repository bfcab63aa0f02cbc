"""`mkdocs serve` follows changes of the theme's overrides and of the hooks, as it does those of docs/.

MkDocs keeps the Python that it has loaded, so that a change in hooks/ starts it anew, in the same process:
the browser finds the same address, and reloads.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority, get_plugin_logger

from coursekit import messages
from coursekit.fingerprints import contents

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

_log = get_plugin_logger("serve")
_FOLDER = Path(__file__).parent
_LOOK = 0.2  # seconds from one look at the files to the next; MkDocs takes 0.5
_DELAY = 0.05  # seconds in which several files may be saved; MkDocs takes 0.25
_loaded = b""  # what stood in hooks/ when it was loaded; empty where MkDocs does not serve


def on_startup(command: str, dirty: bool) -> None:
    """Take note of what is loaded."""
    global _loaded  # noqa: PLW0603
    if command == "serve":
        sys.dont_write_bytecode = True  # files written into hooks/ would be changes too
        _loaded = contents(_FOLDER)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> None:
    """Watch both folders besides, and look more often: a build takes less than MkDocs waits for one."""
    from watchdog.observers.polling import PollingObserver  # noqa: PLC0415 - which builds do without

    paths = [_FOLDER.resolve(), *filter(None, [config.theme.custom_dir])]
    for path in (config.docs_dir, config.config_file_path, *config.theme.dirs):
        with suppress(KeyError):  # not watched
            server.unwatch(path)
            paths.append(path)
    server.observer = PollingObserver(timeout=_LOOK)
    server.build_delay = _DELAY
    for path in dict.fromkeys(map(str, paths)):
        server.watch(path)


@event_priority(2000)  # before anything else is done
def on_config(config: MkDocsConfig) -> None:
    """Start anew where hooks have changed, unless they cannot be read as Python: then the old ones go on."""
    global _loaded  # noqa: PLW0603
    if not _loaded or contents(_FOLDER) == _loaded:
        return
    for file in sorted(_FOLDER.rglob("*.py")):
        try:
            compile(file.read_bytes(), file, "exec")
        except (SyntaxError, ValueError) as error:
            _loaded = contents(_FOLDER)
            _log.warning("%s", messages.unusable_hook(file.name, getattr(error, "lineno", 0) or 0))
            return
    _log.info("%s", messages.hooks_changed())
    shutil.rmtree(config.site_dir, ignore_errors=True)  # MkDocs' own temporary folder
    sys.stderr.flush()
    os.execv(sys.executable, sys.orig_argv)
