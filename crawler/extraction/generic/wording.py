"""Lines that speak to the reader of a page instead of telling the story, by their words."""

from __future__ import annotations

import re

from crawler.extraction.text import alternatives

# Characters; a longer text is not judged by how it begins.
_LINE = 240
# Whole lines: advertisements, controls, signposts.
_ALONE = re.compile(
    r"^[\W_]*"
    + alternatives(
        r"""
        advertisements? | advert | ad | article continues below.* | story continues below.* | continue reading.*
        anzeige | werbung | publicité | publicidad | pubblicità | publicidade | reklama? | annonser? | annonce
        広告 | 광고 | quảng cáo | İlan | advertentie | mainos
        comments? | \d+ comments? | leave a comment | share | share this(?: article| story)? | share on .{2,20}
        sharing is caring | tweet | facebook | twitter | whatsapp | email | print | copy link | loading.{0,3}
        watch now | watch | play | video | gallery | photos? | slideshow | close | caption | image | photo
        read more | more | see more | show more | see also | related | see tweets?
        back to (?:gallery|video|top) | previous | next | 이미지 확대보기
        """
    )
    + r"[\W_]*$",
    re.IGNORECASE,
)
# Beginnings, a language a paragraph.
_BEGINS = re.compile(
    r"^[\W_]*"
    + alternatives(
        r"""
        read (?:more|also|next|the full|our|this)\b | also read\b | must read\b | don'?t miss\b | see also\b
        more on\b | more (?:from|stories|news)\b | you (?:may|might) (?:also )?like | recommended(?: for you)?(?=:|$)
        related\b(?=.*:|$) | related (?:post|article|stor|content|link|news|reading|topic|video)
        watch\s*: | video\s*: | listen\s*: | photos?\s*: | picture\s*: | gallery\s*: | in pictures\s*:
        photo by | image\s*(?:\d+ of|:|credit|caption|copyright) | getty images | media playback is
        follow (?:us|our|me|him|her|\w+ on|.{2,40} on (?:twitter|facebook|instagram)) | like us on
        join (?:us|our|the conversation) | sign up (?:for|to|now|here|today) | subscribe (?:to|now|for|today|here)
        get (?:our|the) (?:\w+ )?newsletter | click here | download (?:our|the) .{0,20}app | send tips
        copyright | © | all rights reserved | first published in | the post .{5,120} appeared first
        this (?:article|story|post) (?:was|is|has been) .{0,20}(?:originally|first) (?:published|appeared)
        (?:write to|contact|email) .{2,60} at\b | e-?mail\s*: | reach (?:him|her|them|the) .{0,60}(?:at|on)\b
        (?:he|she) can be reached | (?:.{3,60} )?contributed to this (?:report|story|article)
        reporting by | editing by | additional reporting | support (?:our|local|quality) journalism
        this (?:content|article) is (?:reserved|only|available) .{0,20}(?:subscri|premium|member)
        to continue reading | this is a breaking news?\b | try refreshing | we apologi[sz]e, but

        lesen sie (?:auch|hier|mehr|dazu|jetzt|außerdem) | auch interessant | mehr zum thema | zum thema\s*:
        mehr (?:dazu|zu|aus|über)\b.{0,60}(?::|$) | das könnte sie (?:auch )?interessieren | weiterlesen
        jetzt (?:lesen|abonnieren) | newsletter | foto\s*:? | bild\s*: | bildquelle | quelle\s*: | mit material

        lire (?:aussi|également|plus) | à lire | voir aussi | à voir | partager | suivez
        il vous reste .{0,40}à lire | .{0,60}réservée? aux abonnés

        lea también | lee también | ver también | más información | te puede interesar | síguenos
        leggi anche | guarda anche | leia (?:também|mais) | lees ook | les også | les mer | se også | læs også
        läs mer | läs också | baca juga | ilgili haber | czytaj (?:też|także) | читайте также

        xem thêm | đọc thêm | mời (?:quý )?(?:bạn|độc giả) | tin liên quan | bài liên quan
        """
    ),
    re.IGNORECASE,
)
_NEWSLETTER = re.compile(
    r"\bnewsletters?\b.*"
    + alternatives(
        r"abonnier | anmeld | subscri | sign | inscri | suscr | regist | inbox | inform | hier\b | jetzt | free"
    )
    + "|"
    + alternatives(r"abonnier | anmeld | subscri | sign up | inscri | suscr | regist | jetzt | get | hier\b")
    + r".*\bnewsletters?\b",
    re.IGNORECASE,
)
# For machines of the site: a shortcode of its CMS that nothing replaced.
_SHORTCODE = re.compile(r"^\[/?[a-z_-]+(?:\s[^\]]*)?\]")
_CONTACT = re.compile(r"^(?:\S+\s){0,6}\S*(?:@\w+\.\w|(?:www\.|https?://|twitter\.com)\S+)\s*$")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def extent(text: str) -> int:
    """The length of ``text`` in characters of a script of letters: a Chinese or Japanese one says as much as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_DENSE.findall(text))


def speaks_to_reader(text: str) -> bool:
    """Whether a line is an advertisement, an invitation, a credit or a pointer to something else."""
    if len(text) > _LINE:
        return False
    return any(form.match(text) for form in (_ALONE, _BEGINS, _SHORTCODE, _CONTACT)) or bool(_NEWSLETTER.search(text))
