"""What screen readers see of widgets that paint themselves; nothing of it is loaded without one.

Qt owns every interface it was given and calls it whenever a screen reader asks, also late. So
interfaces hold no widget, and say of one that is gone that they are not valid.
"""
