"""The configuration of each workspace's Jupyter server."""

import os
from pathlib import Path

c = get_config()  # type: ignore[name-defined]  # noqa: F821
here = Path(__file__).parent

# The hub's log says who comes and goes; each request of each page is noise, and quotes sessions.
c.Application.log_level = "WARN"
# Our defaults for JupyterLab: no question about news, no pop-ups.
c.LabApp.app_settings_dir = str(here / "settings")
c.LabApp.news_url = None
c.LabApp.custom_css = True
c.ServerApp.tornado_settings = {"static_custom_path": [str(here / "custom"), str(here.parent / "theme" / "fonts")]}
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
# jupytext is installed for the hub's own use; a workspace's Markdown and Python files stay what they are.
c.ServerApp.jpserver_extensions = {"jupyterlab_jupytext": False}
c.ServerApp.kernel_spec_manager_class = "projecthub.workspace.kernels.manager.EnvironmentKernels"
c.MappingKernelManager.kernel_manager_class = "projecthub.workspace.kernels.local.WorkspaceKernel"
c.ServerApp.root_dir = str(Path.home())
# No login shell: that would lose the environment's PATH.
c.ServerApp.terminado_settings = {"shell_command": ["/bin/bash"]}
# Local workspaces run as whoever started the hub, and that can be root.
c.ServerApp.allow_root = True
# Members work on the same files in the shared folder.
os.umask(0o007)
