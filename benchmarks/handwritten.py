"""The login guide's steps as a person would write them with Playwright, six pictures included: the yardstick.

Run by walk.py with the hub's addresses and the invited person in WALK_* variables.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import sync_playwright

from projecthub.mail.client import MailboxClient

person = os.environ["WALK_USERNAME"]
email = f"{person}@research.example"
password = os.environ["WALK_PASSWORD"]
mailbox = MailboxClient(os.environ["WALK_MAILBOX"])
pictures = Path(os.environ["WALK_PICTURES"])

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=os.environ["WALK_CHROMIUM"], args=["--no-sandbox"] if os.getuid() == 0 else []
    )
    context = browser.new_context(viewport={"width": 1024, "height": 768}, device_scale_factor=2)
    page = context.new_page()
    page.goto(mailbox.wait_for(to=email, subject="Your JupyterHub invitation", timeout=30).url)
    page.screenshot(path=pictures / "jup_invite.png")
    page.get_by_role("link", name="JupyterHub link", exact=True).click()
    page.get_by_role("link", name="Sign up", exact=True).wait_for()
    page.screenshot(path=pictures / "jup_signup.png")
    page.get_by_role("link", name="Sign up", exact=True).click()
    page.get_by_label("User name", exact=True).fill(person)
    page.get_by_label("E-mail address", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.screenshot(path=pictures / "jup_createuser.png")
    page.get_by_role("button", name="Sign up", exact=True).click()
    code = mailbox.wait_for(to=email, subject="Your verification code", timeout=30).code
    assert code
    page.get_by_label("Verification code", exact=True).fill(code)
    page.screenshot(path=pictures / "jup_code.png")
    page.get_by_role("button", name="Confirm Account", exact=True).click()
    page.get_by_role("heading", name="JupyterHub Console", exact=True).wait_for()
    page.screenshot(path=pictures / "hub_signin.png")
    page.get_by_label("User name", exact=True).fill(person)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/user/*/lab*", timeout=60000, wait_until="commit")
    page.get_by_role("tab", name="Launcher", exact=True).wait_for(timeout=60000)
    page.screenshot(path=pictures / "hub_view.png")
    browser.close()
