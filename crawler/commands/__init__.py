"""The project's ``scrapy`` sub-commands, one module each.

Scrapy imports this package before it looks for the sub-command's name on the command line, so this is where
``scrapy -s NAME=VALUE command`` can be made to work as ``scrapy command -s NAME=VALUE`` does, and a misspelt
sub-command be told from the one that may be meant.
"""

from __future__ import annotations

import sys

from crawler.cli import join_leading_options, started_by_scrapy, suggest_command

if started_by_scrapy(sys.argv):
    join_leading_options(sys.argv)
    suggest_command(sys.argv)
