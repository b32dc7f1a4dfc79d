"""The configuration of each workspace's Jupyter server."""

import os
from pathlib import Path

c = get_config()  # type: ignore[name-defined]  # noqa: F821
home = Path.home()

# The hub's log says who comes and goes; each request of each page is noise, and quotes sessions.
c.Application.log_level = "WARN"
# Our defaults for JupyterLab: no question about news, no pop-ups.
c.LabApp.app_settings_dir = str(Path(__file__).parent / "settings")
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
c.ServerApp.kernel_spec_manager_class = "projecthub.workspace.kernels.EnvironmentKernels"
c.ServerApp.root_dir = str(home)
c.ServerApp.terminado_settings = {"shell_command": ["/bin/bash", "-l"]}
# Local workspaces run as whoever started the hub, and that can be root.
c.ServerApp.allow_root = True
# Members work on the same files in the shared folder.
os.umask(0o007)
