"""Names of months, as newspapers of many languages print them."""

from __future__ import annotations

# A line a month; no name stands in two. Abbreviations stand without their full stop.
_NAMES = """
january jan januar januari jänner jän janvier janv enero ene janeiro gennaio gen styczeń stycznia sty ocak oca
    janúar leden ledna led ianuarie ian januára január tammikuu tammikuuta sausio sausis января янв січня يناير
february feb februar februari février févr fév fevrier febrero fevereiro fev febbraio luty lutego lut şubat şub
    febrúar únor února úno februarie február februára helmikuu helmikuuta vasario pebruari февраля фев лютого
    فبراير
march mar mars märz mär mrz marzo março marco marca marzec maart mrt maret mart březen března bře martie marec
    március márc mac maaliskuu maaliskuuta kovo марта мар березня مارس
april apr avril avr abril abr aprile kwiecień kwietnia kwi nisan nis apríl duben dubna dub aprilie apríla
    április ápr huhtikuu huhtikuuta balandžio апреля апр квітня أبريل
may mai mayo maio maggio mag maj maja mei mayıs maí květen května kvě máj mája május toukokuu toukokuuta gegužės
    мая травня مايو
june jun juni juin junio junho giugno giu czerwiec czerwca cze haziran haz júní červen června čvn iunie iun jún
    júna június kesäkuu kesäkuuta birželio июня червня يونيو
july jul juli juillet juil julio julho luglio lug lipiec lipca lip temmuz tem júlí červenec července čvc iulie
    iul júl júla július julai heinäkuu heinäkuuta liepos июля липня يوليو
august aug août aout agosto ago agustus agt augusti augustus sierpień sierpnia sie ağustos ağu ágúst srpen srpna
    srp augusta augusztus ogos elokuu elokuuta rugpjūčio августа авг серпня أغسطس
september sept sep septembre septiembre setembro set settembre wrzesień września wrz eylül eyl septembrie
    szeptember szept září syyskuu syyskuuta rugsėjo сентября сен вересня سبتمبر
october oct oktober okt octobre octubre outubro out ottobre ott październik października paź ekim eki október
    říjen října říj octombrie októbra lokakuu lokakuuta spalio октября окт жовтня أكتوبر
november nov novembre noviembre novembro listopad listopadu lis kasım kas nóvember noiembrie novembra marraskuu
    marraskuuta lapkričio ноября ноя листопада نوفمبر
december dec dez dezember décembre déc decembre diciembre dic dezembro dicembre grudzień grudnia gru desember
    des aralık ara prosinec prosince pro decembrie decembra joulukuu joulukuuta disember gruodžio декабря дек
    грудня ديسمبر
"""
_NUMBERS = {
    name: number
    for number, line in enumerate(_NAMES.strip().replace("\n    ", " ").splitlines(), 1)
    for name in line.split()
}


def month(name: str) -> int | None:
    """The number of the month that ``name`` is, in any case; ``None`` for any other word."""
    return _NUMBERS.get(name.casefold().replace("i̇", "i"))
