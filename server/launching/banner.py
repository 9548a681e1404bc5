"""What the person at the terminal reads once everything runs."""

from server.settings import Settings


def banner(settings: Settings, demo: tuple[str, str] | None, setup_token: str | None) -> str:
    """The addresses to go to: the demo event, its console, and where the first organiser makes an account."""
    lines = [f"Rondo is ready at {settings.url}", ""]
    if demo is not None:
        lines += [f"  Demo event     {settings.url}{demo[0]}", f"  Its console    {settings.url}{demo[1]}"]
    if setup_token is not None:
        lines.append(f"  Set up         {settings.url}/setup/{setup_token}   (once, for the first organiser)")
    elif demo is None:
        lines.append(f"  Sign in        {settings.url}/sign-in")
    return "\n".join([*lines, "", "Ctrl-C stops it.", ""])
