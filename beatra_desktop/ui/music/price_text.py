"""What songs will cost, in words."""

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.quotes import Quote
from beatra_desktop.ui import format


def price(quote: Quote, *, is_auto: bool) -> str:
    """Such as "4 songs × 80 = about 320 credits, 8 clips"; an unknown price is said, not guessed.

    Prices are the catalogue's and so estimates (contract §10 X9); what fails is refunded (§4).
    """
    least, total, clips = quote.least, quote.total, quote.clips
    if least is None or total is None:
        return _unknown(quote, is_auto=is_auto)
    sum_ = _one_price(quote, total) if least == total else _several_prices(quote, least, total)
    made = "" if clips is None else _tr("1 clip") if clips == 1 else _tr("{n} clips")
    line = format.listed((sum_, made.format(n=clips)))
    return _tr("{price}. What fails or is canceled is refunded.").format(
        price=line[:1].upper() + line[1:]
    )


def _one_price(quote: Quote, total: Decimal) -> str:
    sum_ = _tr("about {credits}").format(credits=_credits(total))
    if quote.copies == 1:
        return sum_
    words = _tr("{n} songs × {each} = {sum}")
    return words.format(n=quote.copies, each=format.localized(_plain(quote.prices[0])), sum=sum_)


def _several_prices(quote: Quote, least: Decimal, total: Decimal) -> str:
    """The service picks the model, for each song anew."""
    low, high = format.localized(_plain(least)), _credits(total)
    if quote.copies > 1:
        words = _tr("{n} songs, about {low} to {high}, as the models picked cost")
        return words.format(n=quote.copies, low=low, high=high)
    either = _tr("about {low} or {high}, as the model picked costs")
    between = _tr("about {low} to {high}, as the model picked costs")
    return (either if len(quote.prices) == 2 else between).format(low=low, high=high)


def _credits(amount: Decimal) -> str:
    return format.credits(_plain(amount))


def _unknown(quote: Quote, *, is_auto: bool) -> str:
    why = _tr("the service picks the model") if is_auto else _tr("the catalogue names none")
    if quote.copies == 1:
        return _tr("Price unknown: {why}.").format(why=why)
    return _tr("{n} songs, price unknown: {why}.").format(n=quote.copies, why=why)


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("price_text", text)
