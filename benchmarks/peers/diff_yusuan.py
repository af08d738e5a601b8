"""What changed from a package to its next release, as text, by yusuan. The package stands beside the release."""

import sys
from pathlib import Path

from yusuan.diff import compare, open_side, text_lines

new = Path(sys.argv[1])
old = new.with_name(new.name.replace("changed", "package", 1))
with open_side(str(old), old) as was, open_side(str(new), new) as now, compare(was, now) as told:
    lines = list(text_lines(told, "en", 20))
sys.exit(
    0 if told.told["amount-changed"] and told.told["filing-added"] and told.told["filing-removed"] else "no change told"
)
