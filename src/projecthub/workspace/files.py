"""The files that a new project's shared folder begins with: data as they are, text-first notebooks as notebooks."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from projecthub.workspace.kernels import kernel_for, offered

_HEADER = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(([^()\s#:]+\.md)(#[^()\s]*)?\)")
_FENCE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{[\w:-]+\}[^\n]*\n(?P<content>.*?)^(?P=fence)[ \t]*$\n?", re.MULTILINE | re.DOTALL
)
_OPTIONS = re.compile(r"(?:^:[\w-]+:[^\n]*\n)+", re.MULTILINE)
# What MyST-NB folds away, JupyterLab does too.
_HIDDEN = {
    "source_hidden": {"hide-input", "hide-cell", "remove-input", "remove-cell"},
    "outputs_hidden": {"hide-output", "hide-cell", "remove-output", "remove-cell"},
}
_ROLE = re.compile(r"\{[\w:-]+\}(`+)(.+?)\1(?!`)")


def problems(files: Sequence[Path]) -> list[str]:
    """Return what stands against seeding these files and folders: each that is missing, or that no kernel runs."""
    found = [f"{path} does not exist" for path in files if not path.exists()]
    kernels = offered()
    for path, _ in _walk(path for path in files if path.exists()):
        wanted = notebook_kernel(path)
        if wanted is not None and kernel_for(wanted, kernels) is None:
            found.append(f"{path} is for the kernel {wanted!r}, and the environment has {', '.join(kernels)}")
    return found


def put(files: Sequence[Path], folder: Path) -> None:
    """Copy files, and folders with what is in them, into a folder.

    Hidden ones are left out, and so are results that Git is told to ignore.

    MyST notebooks, which are Markdown with a kernel in the header, become ``.ipynb``, for the kernel that runs them
    here. What only a site's builder understands is taken out of their text: roles and directives leave their content.
    """
    walked = list(_walk(files))
    names = {name: _new_name(path, name) for path, name in walked}
    for path, name in walked:
        target = folder / names[name]
        if path.is_dir():
            target.mkdir(exist_ok=True)
        elif target.name != name.name:
            target.write_text(_notebook(path, name, names), encoding="utf-8")
        else:
            shutil.copyfile(path, target)


def notebook_kernel(path: Path) -> str | None:
    """Return the name of the kernel that a MyST notebook is for; None for all other files."""
    if path.suffix != ".md" or path.is_dir():
        return None
    header = _HEADER.match(path.read_text(encoding="utf-8"))
    if header is None or "kernelspec:" not in header[1]:
        return None
    import yaml  # noqa: PLC0415 - the hub starts without

    spec = yaml.safe_load(header[1]).get("kernelspec") or {}
    return str(spec["name"]) if spec.get("name") else None


def _walk(files: Sequence[Path] | Iterator[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield each file and folder with its path in the shared folder, folders before their content."""
    for start in files:
        for path in [start, *sorted(start.rglob("*"))] if start.is_dir() else [start]:
            name = path.relative_to(start.parent)
            hidden = any(part.startswith((".", "__")) for part in name.parts)
            if not hidden and not (path != start and _is_for_results(path.parent)):
                yield path, name


def _is_for_results(folder: Path) -> bool:
    """Tell whether Git is told to keep nothing of a folder's content: it is for what notebooks make."""
    ignored = folder / ".gitignore"
    return ignored.is_file() and "*" in ignored.read_text(encoding="utf-8").split()


def _new_name(path: Path, name: Path) -> Path:
    return name if notebook_kernel(path) is None else name.with_suffix(".ipynb")


def _notebook(path: Path, name: Path, names: Mapping[Path, Path]) -> str:
    import jupytext  # noqa: PLC0415 - takes half a second, and is needed once in a project's life

    kernels, wanted = offered(), notebook_kernel(path) or ""
    kernel = kernel_for(wanted, kernels)
    if kernel is None:
        raise LookupError(f"{path} is for the kernel {wanted!r}, which the environment does not have")
    spec = kernels[kernel]
    kernelspec = {"name": kernel, "display_name": spec["display_name"], "language": spec["language"]}
    text = path.read_text(encoding="utf-8")
    body = text[text.index("\n---\n", 3) + 5 :]
    header = f"---\nkernelspec: {json.dumps(kernelspec)}\n---\n"
    document: dict[str, Any] = jupytext.reads(header + body, fmt="md:myst")
    document["metadata"] = {"kernelspec": kernelspec}
    for number, cell in enumerate(document["cells"], 1):
        cell["id"] = f"cell-{number}"
        if cell["cell_type"] == "markdown":
            cell["source"] = _plain(cell["source"], name.parent, names)
        tags = cell["metadata"].get("tags", ())
        hidden = {part: True for part, found in _HIDDEN.items() if not found.isdisjoint(tags)}
        if hidden:
            cell["metadata"]["jupyter"] = hidden
    document["cells"] = [cell for cell in document["cells"] if cell["source"].strip()]
    document.update(nbformat=4, nbformat_minor=5)
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _plain(text: str, folder: Path, names: Mapping[Path, Path]) -> str:
    """Return a cell's MyST as the Markdown that JupyterLab shows; links to pages that are not there become text."""

    def link(found: re.Match[str]) -> str:
        name = names.get(folder / found[2])
        return found[1] if name is None else f"[{found[1]}]({found[2][:-3]}{name.suffix}{found[3] or ''})"

    text = _FENCE.sub(lambda found: _OPTIONS.sub("", found["content"], count=1), text)
    return _LINK.sub(link, _ROLE.sub(r"\1\2\1", text)).strip()
