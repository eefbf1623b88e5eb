"""Settings of every crawl, replay and command. Each number bears its unit and its reason.

Any of them can be overridden with ``-s NAME=VALUE``. The project's own, above the rest, are ``ARCHIVE``, ``CONTACT``,
``DISK_FLOOR_MB``, ``LIST_HOURS``, ``LOG_JSON``, ``LOOPBACK``, ``OUTLETS_FOLDERS``, ``PHOTOS``, ``PHOTOS_PER_ARTICLE``,
``PHOTO_MAX_MB``, ``PROGRESS``, ``RECHECK_HOURS``, ``REST_AFTER``, ``RESTS``, ``REVISIT_ALL``, ``SUMMARY`` and
``WATCH_ATOM``; the rest are Scrapy's.
"""

from __future__ import annotations

import os
from pathlib import Path

BOT_NAME = "baotinh"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"
ADDONS = {"crawler.contact.UserAgent": 0}

# --- the project's own ---

# Where archive.db is. From the command line or the environment a path is taken from the caller's folder.
ARCHIVE = os.environ.get("BAOTINH_ARCHIVE") or str(Path(__file__).resolve().parent.parent / "archive.db")
# Where the newspapers' TOML files are: folders, on the command line parted by commas.
OUTLETS_FOLDERS = [str(Path(__file__).resolve().parent / "outlets")]
# Who runs the crawl, for the newspapers: a web page or an e-mail address, told in every request.
CONTACT = os.environ.get("BAOTINH_CONTACT", "")
# HOST:PORT on this machine that answers for every host name under ".test"; empty: nothing local is reachable.
LOOPBACK = ""
# Hours after its publication (or its first fetch, if that was earlier) when an article is fetched again, by the first
# run after each: papers edit and withdraw mostly on the day itself, some after a complaint, a week or a month later.
RECHECK_HOURS = [1, 6, 24, 72, 168, 720]
# Hours, at least and at most, between two readings of a front page, section page or feed: half as long after it had
# other articles, twice as long after it had the same. The most is a little less than half a day, so that a crawl twice
# a day reads every list.
LIST_HOURS = [0.5, 11]
# Fetch every list and every known article again, due or not: after a long pause, or to see a schedule's work at once.
REVISIT_ALL = False
# MiB of disk space, where the archive is, that a run leaves free: it ends in order before the disk is full. 0: no end.
DISK_FLOOR_MB = 512
# Fetch the photos of the articles too, at the same pace, after the articles; "photos" in an outlet's file goes before.
PHOTOS = True
PHOTOS_PER_ARTICLE = 20  # photos: a reportage in pictures has as many, a page of thumbnails taken for photos has more
PHOTO_MAX_MB = 5.0  # MiB of one photo: those of these papers have 0.1 to 0.5, a larger one came straight from a camera
# Tell how far a crawl is: a live line on a terminal, a line in the log elsewhere.
PROGRESS = True
# A file that every run writes anew: the Atom feed of what the saved queries (scrapy watch) told last. Empty: none.
WATCH_ATOM = ""
# Tell on standard error what came of a run when it has ended.
SUMMARY = True

# --- what happens with a page ---

ITEM_PIPELINES = {
    "pipelines.extract.Extract": 100,
    "pipelines.clean.Clean": 200,
    "pipelines.deduplicate.Deduplicate": 300,
    "pipelines.store.Store": 400,
}
EXTENSIONS = {
    "crawler.extensions.json_log.JsonLog": 10,
    "crawler.extensions.room.Room": 90,
    "crawler.extensions.runs.RunRecord": 100,
    "crawler.extensions.progress.Progress": 200,
}
# Pages of one response in the pipelines at once; there is one writer, more would only cost memory.
CONCURRENT_ITEMS = 8

# --- politeness ---

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "BaoTinh"  # the name a robots.txt can address
CONCURRENT_REQUESTS = 16  # requests at once over all outlets; there are 34 papers, each gets one
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # request at once to one paper
DOWNLOAD_DELAY = 2.0  # seconds between two requests to one paper: a reader is not faster
DOWNLOAD_DELAY_JITTER = 0.5  # share of the delay it varies by: 1 to 3 s, never less than 1
REST_AFTER = (
    4  # addresses that fail in a row (403, 429, 5xx, TLS, DNS, no answer) before a paper is left alone. 0: never
)
RESTS = [1.0, 6.0, 24.0]  # hours it is left alone the first, second, third time in a row: an outage, a day, a refusal
AUTOTHROTTLE_ENABLED = True  # a paper that answers slowly is asked more slowly
AUTOTHROTTLE_START_DELAY = 2.0  # seconds: as DOWNLOAD_DELAY, which stays the least delay
AUTOTHROTTLE_MAX_DELAY = 60.0  # seconds: a site in trouble is asked once a minute
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0  # requests at once to one paper
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi",  # some papers offer an English front page otherwise
}
COOKIES_ENABLED = False  # no session, no tracking: the page every reader gets first
REFERRER_POLICY = "no-referrer"  # nobody needs to know the way we came

# --- limits ---

DOWNLOAD_TIMEOUT = 60  # seconds for one document: a slot must not hang on one page for Scrapy's three minutes
DNS_TIMEOUT = 20  # seconds
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024  # bytes, unpacked too: a news page has well under 1 MiB, a bomb much more
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024  # bytes
DOWNLOAD_FAIL_ON_DATALOSS = True  # a page cut off on the way is fetched again, not stored as whole
REDIRECT_MAX_TIMES = 5  # redirects in a row: http to https, www, new domain, new address, one to spare
METAREFRESH_ENABLED = False  # a page is kept as it came, not as what its markup wants to load next
RETRY_TIMES = 2  # further attempts within a run; later runs try again by the ledger
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 522, 524]  # 429 only where Retry-After asks for a minute at most
URLLENGTH_LIMIT = 2083  # characters: longer ones are loops of a site's own link builder
MEMUSAGE_LIMIT_MB = 2048  # MiB: the run ends in order before the machine ends it
DOWNLOAD_VERIFY_CERTIFICATES = True  # a page of somebody in between would be archived as the paper's

# --- doors that stay shut ---

DOWNLOAD_HANDLERS = {
    # They ask a newspaper when its turn has come, and connect to public addresses only (and to LOOPBACK), checked after
    # the name was resolved.
    "http": "crawler.handlers.polite.PoliteHTTPHandler",
    "https": "crawler.handlers.polite.PoliteHTTPHandler",
    # A redirect or link must never read a local file or an account of ours.
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
TELNETCONSOLE_ENABLED = False  # a console on a port, for anybody on this machine
REMOTE_CONTROL_ENABLED = False  # a server that runs code it is sent
HTTPPROXY_ENABLED = False  # a proxy would connect for us, past the check of addresses
HTTPCACHE_ENABLED = False  # the archive is the only copy, and knows when it was made

# --- log ---

LOG_JSON = False  # the log as JSON Lines
LOG_LEVEL = "INFO"
LOG_FORMAT = "%(asctime)s %(levelname)s [%(name)s] %(message)s"
LOG_DATEFORMAT = "%Y-%m-%dT%H:%M:%S%z"
LOGSTATS_INTERVAL = 60.0  # seconds between two lines about the pace
FEED_EXPORT_ENCODING = "utf-8"  # Vietnamese as letters, not as \uXXXX
