"""Handsel without a screen: everything that is true about a deal, in the order in which a deal happens.

core       plain values: money, quantities, tax, totals, parties, dates
store      the file: transactions, numbers, history, backup, upgrade
parties    who sells and who buys
deals      the thread that holds one sale together
ledger     the books, and the chain that seals them
catalog    1 configure: what can be sold
stock      what lies in the store room, and what is on its way there
pricing    2 price: what it costs, and why
quotes     3 quote: what is offered
contracts  4 contract: what both have agreed
payments   5 payment: money in and out
delivery   6 delivery: what left, and what was received
invoicing  7 invoice: what is owed, and what settles it
revenue    8 revenue: what has been earned
rewards    cashback, points, gift cards and store credit: what was promised to customers
outbox     letters that wait to be sent
insights   what her own history tells: habits of a customer, what goes together, what is due again
pipeline   what spans the stages, and the proof that the books are true
outputs    papers and workbooks, made from frozen data
exchange   what crosses the border of the laptop
schema     every table, gathered
cli        the commands without a window

Later rooms import earlier ones, never the reverse; the contracts in pyproject.toml check it.
"""
