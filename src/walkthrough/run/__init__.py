"""From a step to its evidence, in a real browser. The only part that knows Playwright."""

from walkthrough.run.failure import StepFailure
from walkthrough.run.thread import BrowserThread
from walkthrough.run.walker import Walked, Walker

__all__ = ["BrowserThread", "StepFailure", "Walked", "Walker"]
