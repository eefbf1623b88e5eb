"""Báo Tỉnh: crawler and archive for the provincial newspapers of Vietnam."""
