"""Downloader middlewares: politeness and limits between a request and the network."""

from __future__ import annotations

# What a crawl of newspapers needs in ``DOWNLOADER_MIDDLEWARES``; the numbers are Scrapy's places.
MIDDLEWARES: dict[str, int | None] = {
    # Before robots.txt (100): a host we must not ask is not asked for its rules either.
    "crawler.middlewares.outlets.OutletRequests": 60,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.robots.Robots": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.middlewares.retries.Retries": 550,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.middlewares.redirects.Redirects": 600,
}
