"""Settings: the company and its papers, what it usually agrees, this computer, and backups."""
