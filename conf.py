"""The site: what a researcher reads, built from pages, pictures and evidence. A build starts no browser."""

import sys
from importlib.metadata import version as installed
from pathlib import Path

from dofile.licensed import aliases

sys.path.insert(0, str(Path(__file__).parent / "docs/_ext"))
# Where this is found, reading a notebook builds a grammar of international addresses first, which takes a second.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

project = "Data processing through JupyterHub"
author = "the Data Library"
copyright = "2026, the Data Library"
version = release = installed("sphinx-walkthrough")
language = "en"

extensions = [
    *("executed", "provenance", "agreement", "steps", "notebook_warnings", "dofile_reference"),
    *("sphinx_design", "walkthrough.sphinx_ext"),
]
source_suffix = {".md": "myst-nb"}
root_doc = "index"
include_patterns = ["index.md", "docs/**.md", "notebooks/*.md", "notebooks/data/README.md"]
exclude_patterns = [".*", "build", "node_modules", "requirements", "src", "tests"]
nitpicky = True
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3
suppress_warnings: list[str] = []
show_warning_types = True

nb_code_prompt_hide = nb_code_prompt_show = "The numbers for the comparison"
nb_execution_mode = "cache"
nb_execution_timeout = 120
nb_kernel_rgx_aliases = aliases()
nb_output_stderr = "warn"
compared_notebooks = {"Python": "notebooks/python", "R": "notebooks/r", "Stata": "notebooks/stata"}
notebook_cache = "build/notebooks"
notebook_inputs = [
    "notebooks/data/*",
    "notebooks/matplotlibrc",
    "requirements/environment.txt",
    "src/dofile/**/*.lark",
    "src/dofile/**/*.py",
]
_R_VERSIONS = "cat(R.version.string); for (p in c('IRkernel', 'haven', 'lmtest', 'sandwich')) print(packageVersion(p))"
notebook_programs = [["Rscript", "--vanilla", "-e", _R_VERSIONS], [sys.executable, "--version"]]

walkthrough_values = {"persona.username": "jdoe", "persona.email": "jdoe@research.example", "project.number": "50123"}

html_theme = "furo"
html_title = "Data processing through JupyterHub"
html_static_path = ["docs/_static", "src/projecthub/theme/fonts"]
html_css_files = ["site.css", "notebooks.css"]
html_favicon = "docs/_static/logo.svg"
html_logo = "docs/_static/logo.svg"
html_copy_source = False
html_show_sourcelink = False
_FONTS = {
    "font-stack": "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif",
    "font-stack--monospace": "'JetBrains Mono', ui-monospace, Menlo, Consolas, monospace",
}
html_theme_options = {
    "light_css_variables": {
        **_FONTS,
        "color-brand-primary": "#0a6570",
        "color-brand-content": "#0a6570",
        "color-brand-visited": "#0a6570",
        "color-background-secondary": "#f3f6f6",
    },
    "dark_css_variables": {
        **_FONTS,
        "color-brand-primary": "#7fd6de",
        "color-brand-content": "#7fd6de",
        "color-brand-visited": "#7fd6de",
        "color-background-primary": "#0f181c",
        "color-background-secondary": "#141f24",
    },
}
