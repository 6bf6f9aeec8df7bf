"""What is handed out, and why a stock changes."""

from alongside.register.agencies.codes import Coded


class Item(Coded):
    CONDOMS = "condoms", "Condoms"
    LUBRICANT = "lubricant", "Lubricant"
    NALOXONE = "naloxone", "Naloxone kits"
    NEEDLES = "needles", "Needle packs"
    FOIL = "foil", "Foil"
    FOOD = "food", "Food"
    HOT_DRINK = "hot_drink", "Hot drinks"
    CLOTHES = "clothes", "Warm clothes"
    TOILETRIES = "toiletries", "Toiletries"
    ALARM = "alarm", "Personal alarms"
    CARD = "card", "The card of what is open"
    RETURNED = "returned", "Used needles brought back"


# What a shelf holds. Used needles are counted when they come back, and never given out.
STOCKED = tuple(item for item in Item if item is not Item.RETURNED)


class Why(Coded):
    DELIVERED = "delivered", "Came in"
    GIVEN = "given", "Given to a woman"
    LEFT = "left", "Left at a refill point"
    BROUGHT_BACK = "brought_back", "Brought back"
    COUNTED = "counted", "Counted on the shelf"
    SPOILT = "spoilt", "Out of date or spoilt"
