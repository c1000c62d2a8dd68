"""What screen readers see of widgets that paint themselves; nothing of it is loaded without one.

Qt owns every interface it was given and calls it whenever a screen reader asks, also late: so they
hold no widget, and say of one that is gone that they are not valid. And it asks a widget for one
before its `__init__` is over, and for another one whenever PySide has given the widget another meta
object, for which a new slot is enough: so they keep nothing themselves.
"""
