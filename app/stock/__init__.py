"""What lies in the store room and what is on its way there: counts, purchases, arrivals; not what it cost."""
