"""Letters that wait to be sent: to whom, about which document. Sending comes later; nothing is forgotten meanwhile."""
