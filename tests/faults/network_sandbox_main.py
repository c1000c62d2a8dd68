"""The real sandbox, but for one thing: a song it has made before it does not compute again."""

from functools import lru_cache

from beatra_desktop.sandbox import synth
from beatra_desktop.sandbox.__main__ import main

if __name__ == "__main__":
    synth.render_mp3 = lru_cache(maxsize=32)(synth.render_mp3)
    main()
