"""What the desktop around the window is told, and what it tells: D-Bus, notifications, tray."""
