"""How a stock changes. No framework."""

from collections.abc import Mapping

from alongside.casework.supplies.codes import STOCKED, Item, Why

MOST = 999  # of one item in one go


class NotThatMany(Exception):
    """An amount below one or above 999, or of something that is not handed out."""

    words = "Enter how many as a whole number from 1 to 999."


def checked(amounts: Mapping[str, int], least: int = 1) -> dict[Item, int]:
    """Amounts by item, each from `least` to 999. Raises NotThatMany."""
    read = {}
    for name, amount in amounts.items():
        if name not in set(Item) or not least <= amount <= MOST:
            raise NotThatMany(name)
        read[Item(name)] = amount
    return read


def change(item: Item, why: Why, amount: int, on_shelf: int = 0) -> int:
    """By how much the shelf changes. A count sets it; used needles never come onto it but are counted as returned."""
    if item is Item.RETURNED:
        return amount
    if why is Why.COUNTED:
        return amount - on_shelf
    return amount if why in (Why.DELIVERED, Why.BROUGHT_BACK) else -amount


def low(stock: Mapping[str, int], marks: Mapping[str, int]) -> list[Item]:
    """What has come down to its low mark, in the order of the list of items."""
    return [item for item in STOCKED if item.value in marks and stock.get(item.value, 0) <= marks[item.value]]
