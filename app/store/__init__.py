"""The file: opened, written in whole commands, numbered, sealed, backed up and upgraded. No business words."""
