"""The screen of revenue: figures, months, and every line that was earned."""
