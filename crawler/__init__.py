"""Báo Tỉnh: crawler and archive for the provincial newspapers of Vietnam."""

__version__ = "0.1.0"
