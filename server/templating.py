"""Jinja: the environment, its globals and filters, and the one way a page becomes a response."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from server.assets import Assets
from server.rondels import hue, rondel

FOLDER = Path(__file__).parent.parent / "templates"


class Templates:
    """All pages of the house."""

    def __init__(self, assets: Assets, folder: Path = FOLDER) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            asset=assets.path,
            sprite=assets.path("icons/sprite.svg"),
            imports=assets.imports,
            rondel_of=rondel,
            hue_of=hue,
            organiser=None,
            event=None,
        )

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """The text of a template."""
        return self._environment.get_template(name).render(context)

    def page(
        self, request: Request, name: str, context: Mapping[str, Any] | None = None, status: int = 200
    ) -> HTMLResponse:
        """A page as a response that no cache keeps: nearly all of them show something personal."""
        around = {"request": request, "organiser": getattr(request.state, "organiser", None)}
        text = self.render(name, {**around, **(context or {})})
        return HTMLResponse(text, status, headers={"cache-control": "no-store"})


def page(request: Request, name: str, context: Mapping[str, Any] | None = None, status: int = 200) -> HTMLResponse:
    """A page of this application; it shows who is signed in if that has been looked up."""
    templates: Templates = request.app.state.services.templates
    return templates.page(request, name, context, status)
