"""What ``scrapy outlets`` does besides listing: one module an action.

Each states its ``OPTIONS`` (``argparse`` keywords by option), and does its work in ``run``.
"""
