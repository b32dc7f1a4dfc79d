"""Pages whose sentences drive a real browser: the page is the test."""
