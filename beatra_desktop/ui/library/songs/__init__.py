"""The songs of the library: as cards or as rows, in playlists, with what is known of each."""
