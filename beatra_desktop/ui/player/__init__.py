"""The player: what plays, its order, comparing two clips, lyrics, the desktop's media keys."""
