"""``python -m projecthub.hub.proxy``: install the proxy now, rather than at the hub's first start."""

import sys

from projecthub.errors import HubError
from projecthub.hub.proxy import ensure_proxy

try:
    ensure_proxy()
except HubError as error:
    sys.exit(str(error))
