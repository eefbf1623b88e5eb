"""The text of an article as the two CMS set it: one function a kind of block, one set of forms a layout."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from tests.site import addresses
from tests.site.stories import Piece, Story

_PARAGRAPH = {
    "header": "<p>{}</p>",
    "spans": "<p><span>{} </span></p><p><span><br></span></p>",
    "figures": "<p>{}</p>",
    "desc": "<p>{}</p>\r\n\r\n",
    "firstpara": '<p style="text-align: justify;">{}</p>\r\n\r\n',
}
_PHOTO = {
    "figure": '<figure><img src="{src}" alt="{file}"><figcaption>   {caption}  </figcaption></figure>',
    "span": '<p><img src="{src}" alt=""></p><p><span><em>{caption}</em></span></p><p><span><br></span></p>',
    "note": '<p class="note"><img alt="" src="{src}" style="width: 660px;" /><br />\r\n{caption}</p>\r\n\r\n',
    "em": (
        '<p style="text-align: justify;"><img title="{title}" class="zoomimg" alt="" src="{src}" '
        'style="width: 700px; height: 436px;" /></p>\r\n\r\n'
        '<p style="text-align: center;"><em><span style="text-align: justify;">{caption}</span></em></p>\r\n\r\n'
    ),
    "table": (
        '<table align="center" border="0" cellpadding="1" cellspacing="1" style="width: 500px;">\r\n<tbody>\r\n'
        '<tr><td style="text-align: center;"><img title="{title}" class="zoomimg" alt="" src="{src}" /></td></tr>\r\n'
        '<tr><td style="text-align: center;"><p><em>{caption}</em></p></td></tr>\r\n</tbody>\r\n</table>\r\n\r\n'
    ),
}
_PHOTO_OF_LAYOUT = {"header": "figure", "spans": "span", "figures": "figure", "desc": "note", "firstpara": "em"}
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"\*(.+?)\*")


def body(story: Story, related: Sequence[Story] = ()) -> Markup:
    """The running text of ``story`` in its layout's markup; ``related`` fill a box in the middle of it."""
    if story.style == "br":
        html = _one_element(story)
    else:
        blocks = [_block(story, piece, number) for number, piece in enumerate(story.pieces)]
        if related:
            blocks.insert(2, _related(related))
        html = "".join(blocks)
    html += _signature(story)
    return Markup(unicodedata.normalize("NFD", html) if story.dirt == "nfd" else html)


def inline(text: str) -> str:
    """``text`` escaped, with its marks as elements."""
    return _ITALIC.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", escape(text, quote=False)))


def entities(text: object) -> Markup:
    """``text`` as this CMS escapes it in its templates: Latin-1 letters as numbers, the rest as it is."""
    return Markup("".join(f"&#{ord(c)};" if 0xA0 <= ord(c) <= 0xFF else escape(c) for c in str(text)))


def _block(story: Story, piece: Piece, number: int) -> str:
    lines = [inline(line) for line in piece.lines]
    if piece.kind == "photo":
        return _photo(story, piece)
    if piece.kind == "heading":
        return f"<h2>{lines[0]}</h2>" if story.paper.family == "onecms" else f"<h3>{lines[0]}</h3>\r\n\r\n"
    if piece.kind == "quote":
        return f"<blockquote><p>{lines[0]}</p></blockquote>"
    if piece.kind == "list":
        return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
    if piece.kind == "table":
        rows = "".join(f"<tr>{''.join(f'<td>{cell.strip()}</td>' for cell in line.split('|'))}</tr>" for line in lines)
        return f'<table class="table" border="1"><tbody>{rows}</tbody></table>'
    if piece.kind == "loose":
        return f"\n{lines[0]}\n"
    return _PARAGRAPH[story.layout].format(_worn(story, lines[0], number))


def _worn(story: Story, text: str, number: int) -> str:
    """Some of the wear of hand-set text: no-break spaces in and after every third paragraph of the fck CMS."""
    if story.paper.family == "fck" and (story.number + number) % 3 == 0:
        return text.replace(" ", "&nbsp;", 1) + "&nbsp;"
    return text


def _photo(story: Story, piece: Piece) -> str:
    form = story.photos or _PHOTO_OF_LAYOUT[story.layout]
    src = addresses.photo(story, piece.lines[0])
    if form in ("em", "table"):
        # Root-relative, as this CMS writes it; <base href> must not lead it astray.
        src = src.removeprefix(f"http://{story.paper.host}")
    caption = inline(piece.lines[1]) if len(piece.lines) > 1 else ""
    return _PHOTO[form].format(src=src, file=piece.lines[0], caption=caption, title=escape(story.title))


def _one_element(story: Story) -> str:
    """An old article: everything in one element, paragraphs divided by double line breaks."""
    return "<div>" + "<br /><br />\n".join(inline(line) for piece in story.pieces for line in piece.lines) + "</div>"


def _signature(story: Story) -> str:
    """The byline or source at the end of the text, where the layout sets it there."""
    name = escape(story.byline, quote=False)
    if not name:
        return ""
    if story.layout == "spans":
        return f'\n<b class="vtranslate-author-translate" style="text-align:right; display:block">{name}</b>'
    if story.layout == "desc":
        return f'<p class="author{" ignore" if story.byline.startswith("Theo ") else ""}">{name}</p>'
    if story.layout == "firstpara" or story.byline_at == "end":
        return f'<p style="text-align: right;"><strong>{name}</strong></p>'
    return ""


def _related(stories: Sequence[Story]) -> str:
    items = "".join(
        f'<li><a href="{addresses.article(story)}">{escape(story.title)}</a> '
        f'<span class="time">{story.published:%d/%m/%Y %H:%M}</span></li>'
        for story in stories
    )
    return f'<div class="sc-related-articles"><div class="c-box__title__name">Bài liên quan</div><ul>{items}</ul></div>'
