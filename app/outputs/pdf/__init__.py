"""Printed documents: quote, contract, delivery note, invoice, credit note and payment receipt as PDF.

`render.render` is the door. Text passes through `text` (any script) and `ink` (one page), sheets through `layout`.
"""
