"""How a newspaper is treated: pace, pauses it asks for, rests when it is unwell, hours and pages a day.

``gate`` stands before the network, and every request passes it: pages, redirects, robots.txt, photos. ``pace`` is
what it knows of one paper. The others say when (``retry_after``, ``hours``) and what counts (``failures``), without I/O
and without a clock of their own.
"""
