"""All attacks, by group."""

from tests.abuse.files import FILES
from tests.abuse.leavings import LEAVINGS
from tests.abuse.network import NETWORK
from tests.abuse.processes import PROCESSES
from tests.abuse.resources import RESOURCES

GROUPS = {
    "files": FILES,
    "processes": PROCESSES,
    "network": NETWORK,
    "resources": RESOURCES,
    "collection": LEAVINGS,
}
CASES = [case for group in GROUPS.values() for case in group]
