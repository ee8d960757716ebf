"""Papers and workbooks, made from frozen data; nothing here reads the store."""
