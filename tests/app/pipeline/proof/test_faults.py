"""Whatever is changed behind the triggers is found by the check that is there for it, and named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from app.pipeline.proof import (
    catalogue,
    contracts,
    coupons,
    decisions,
    deliveries,
    documents,
    history,
    invoices,
    journal,
    money,
    numbers,
    quotes,
    revenue,
    rewards,
    seals,
    settlement,
    stock,
)
from app.pipeline.proof.proof import OF_A_DEAL, OF_THE_FILE
from app.pipeline.proof.reading import guarded
from app.pipeline.proof.record import records
from app.store.store import Store
from tests.app.pipeline.proof.deals import behind_the_triggers

Check = Callable[[Any], Iterable[str]]

FAULTS: list[tuple[Check, str, str]] = [
    (catalogue.parts, "DELETE FROM product_part", "product 'PAIR': its parts is [], but ought to be ['OAR-1']"),
    (catalogue.parts, "DELETE FROM product_model", "product 'PAIR' has parts, but no model"),
    (catalogue.parts, "UPDATE product_model SET model = '{'", "its model cannot be read"),
    (catalogue.parts, "UPDATE product SET sku = 'OAR' WHERE sku = 'OAR-1'", "ought to be ['OAR-1']"),
    (
        catalogue.parts,
        "INSERT INTO product_model (product_id, model) SELECT product_id, '{}' FROM product_variant",
        "product 'PAIR-RED' is a variant and has a model of its own",
    ),
    (coupons.used, "UPDATE coupon_use SET customer_id = 1", "coupon SPRING10 in deal S-2026"),
    (coupons.used, "DELETE FROM coupon_use WHERE event = 'given_back'", "(by the history) is [('reserved'"),
    (coupons.used, "UPDATE coupon_use SET reserved_until = '2030-01-01' WHERE event = 'reserved'", "'2030-01-01'"),
    (stock.noted, "UPDATE stock_movement SET quantity = quantity + 1 WHERE kind = 'counted'", "quantity is 40000001"),
    (stock.noted, "UPDATE stock_movement SET quantity = quantity - 1 WHERE kind = 'cancelled'", "to be 12500000"),
    (stock.noted, "UPDATE stock_movement SET seen = 0", "seen is 0, but ought to be -2000000"),
    (stock.noted, "UPDATE stock_movement SET product_id = 1 WHERE id = 2", "product_id is 1, but ought to be 2"),
    (stock.noted, "UPDATE stock_movement SET expected_id = 2 WHERE id = 3", "expected_id is 2"),
    (stock.noted, "UPDATE stock_movement SET kind = 'received' WHERE id = 1", "kind is 'received'"),
    (stock.noted, "UPDATE history SET action = 'x' WHERE action = 'count_stock'", "has no command in the history"),
    (stock.noted, "DELETE FROM stock_movement WHERE kind = 'counted'", "has left no note in the store room"),
    (
        stock.noted,
        "UPDATE history SET details = replace(details, '\"7.5\"', '\"20.5\"') WHERE action = 'receive_stock'",
        "more arrives than is open of the purchase 1",
    ),
    (rewards.cashback, "UPDATE cashback_entry SET promised = promised + 1 WHERE id = 1", "cashback promised is 3.98"),
    (rewards.cashback, "UPDATE cashback_entry SET credited = credited + 1 WHERE id = 2", "cashback owed in the books"),
    (
        rewards.liabilities,
        "UPDATE points_entry SET deferred = deferred - 1 WHERE id = 1",
        "points_liability in CHF is 1",
    ),
    (
        rewards.liabilities,
        "UPDATE wallet_entry SET released = released - 1 WHERE kind = 'gift_card'",
        "gift_card_liability in CHF is 1",
    ),
    (
        rewards.liabilities,
        "UPDATE journal_line SET debit = debit + 9999 WHERE role = 'cashback_liability' AND debit > 0",
        "cashback_liability of customer",
    ),
    (
        rewards.gift_cards,
        "UPDATE gift_card SET code = '0000-0000-0000-0001' WHERE id = 1",
        "check characters do not fit",
    ),
    (rewards.gift_cards, "UPDATE gift_card SET amount = amount + 1 WHERE id = 1", "gift card 1: its price is 50.01"),
    (rewards.gift_cards, "UPDATE wallet_entry SET released = 1 WHERE kind = 'gift_card'", "used more than once"),
    (rewards.points, "UPDATE points_entry SET spent = 900 WHERE spent > 0", "do not fit"),
    (rewards.points, "UPDATE points_entry SET deferred = deferred + 1 WHERE id = 1", "the liability for the points"),
    (
        rewards.wallets,
        "UPDATE wallet_entry SET amount = amount + 1 WHERE id = 2",
        "wallet entry 2: credit in the books",
    ),
    (rewards.wallets, "UPDATE wallet_entry SET happened_on = '2026-01-01' WHERE id = 2", "wallet entry 2: day"),
    (rewards.cash_rounding, "UPDATE invoice SET rounding = 0 WHERE rounding < 0", "cash rounding is 0.00"),
    (
        invoices.figures,
        "UPDATE invoice SET rounding = 0 WHERE rounding < 0 AND kind = 'credit_note'",
        "cash rounding is 0",
    ),
    (invoices.figures, "UPDATE early_discount SET tax = tax + 1, net = net - 1 WHERE id = 1", "discount on INV-2026-"),
    (invoices.figures, "UPDATE early_discount SET taken_on = '2027-01-01' WHERE id = 1", "without a reason"),
    (
        invoices.figures,
        "UPDATE early_discount SET gross = gross + 99, net = net + 99 WHERE id = 1",
        "more than was offered",
    ),
    (money.receivables, "UPDATE early_discount SET gross = gross + 1 WHERE id = 1", "what is open of invoice"),
    (money.customers, "UPDATE wallet_entry SET amount = amount + 1 WHERE id = 2", "the balance of customer Bay Club"),
    (settlement.told_anew, "UPDATE wallet_entry SET expires_on = NULL WHERE kind = 'gift_card'", "use of a payment"),
    (revenue.earned, "UPDATE cashback_entry SET promised = promised + 1 WHERE id = 1", "revenue of INV-2026-"),
    (journal.balanced, "UPDATE journal_line SET debit = debit + 1 WHERE id = 1", "entry 1 (P-2026-0001) does not bal"),
    (journal.balanced, "DELETE FROM journal_line WHERE id = 2", "entry 1 (P-2026-0001) has 1 lines"),
    (
        journal.sums,
        "UPDATE journal_line SET debit = debit + 1 WHERE id = 1",
        "in EUR does not add up to zero: it is off",
    ),
    (journal.locks, "UPDATE period_lock SET through = '2026-03-30' WHERE id = 1", "lock 1 of the books: last day"),
    (journal.locks, "UPDATE period_lock SET locked_at = 'once' WHERE id = 2", "lock 2 of the books: moment is 'once'"),
    (journal.locks, "DELETE FROM period_lock WHERE id = 2", "a period closed at"),
    (journal.locks, "INSERT INTO period_lock VALUES (9, '2027-01-01', 'x')", "locked through 2027-01-01 by no command"),
    (
        journal.posting_days,
        "UPDATE journal_entry SET posted_on = happened_on WHERE posted_on <> happened_on",
        "but ought to be '2026-04-01'",
    ),
    (
        journal.posting_days,
        "UPDATE journal_entry SET posted_on = '2026-03-09' WHERE id = 1",
        "entry 1 (P-2026-0001): po",
    ),
    (
        seals.unbroken,
        "UPDATE document SET snapshot = replace(snapshot, 'Lake School', 'Lake school') WHERE id = 1",
        "document 1 (quote Q-2026-0001) was changed after it was sealed",
    ),
    (seals.unbroken, "UPDATE journal_line SET debit = debit - 1 WHERE id = 1", "entry 1 (P-2026-0001) was changed"),
    (seals.unbroken, "UPDATE history SET actor = 'nobody' WHERE id = 3", "history 3 (accept_quote at"),
    (seals.unbroken, "UPDATE paper SET sha256 = sha256 || '0' WHERE id = 2", "paper 2 (contract C-2026-0001.pdf) was"),
    (seals.unbroken, "DELETE FROM history WHERE id = 3", "history 3 was sealed but is gone"),
    (seals.unbroken, "DELETE FROM chain WHERE id = 4", "the chain is broken at"),
    (seals.unbroken, "UPDATE chain SET hash = 'x' WHERE id = 4", "the chain is broken at"),
    (
        seals.unbroken,
        "INSERT INTO journal_entry SELECT 999, deal_id, posted_on, happened_on, document, text, currency "
        "FROM journal_entry WHERE id = 1; INSERT INTO journal_line SELECT id + 9000, 999, role, debit, credit, "
        "customer_id, document FROM journal_line WHERE entry_id = 1",
        "entry 999 was never sealed",
    ),
    (
        numbers.gapless,
        "UPDATE delivery SET number = 'D-2026-0099' WHERE number = 'D-2026-0002'",
        "the series D-2026 has a gap: D-2026-0002 is missing before D-2026-0003",
    ),
    (numbers.gapless, "UPDATE series SET last = last + 1 WHERE prefix = 'INV'", "the series INV-2026 has given"),
    (numbers.gapless, "DELETE FROM series WHERE prefix = 'P'", "the series P-2026 has given 0 numbers"),
    (
        numbers.gapless,
        "UPDATE payment SET number = 'X' WHERE number = 'P-2026-0002'",
        "'X' is no number of the series P",
    ),
    (
        numbers.gapless,
        "UPDATE quote SET number = 'Q-2026-0001' WHERE number = 'Q-2026-0002'",
        "the number Q-2026-0001 was given twice",
    ),
    (
        numbers.gapless,
        "UPDATE contract SET made_on = '2027-01-01' WHERE number = 'C-2026-0001'",
        "C-2026-0001 is of the day 2027-01-01, which is not in its year",
    ),
    (
        numbers.gapless,
        "INSERT INTO setting (name, value) VALUES ('numbering', "
        '\'{"forms":{},"starts":[{"prefix":"INV","year":2026,"first":2}]}\')',
        "the number INV-2026-0001 was given twice",
    ),
    (
        numbers.readings,
        "INSERT INTO setting (name, value) VALUES ('numbering', "
        '\'{"forms":{"INV":[{"prefix":"INV"},{"prefix":"RE"}]},"starts":[]}\')',
        "numbers of INV read 'RE-2000-0001', but 'INV-2000-0001' was chosen",
    ),
    (
        money.moved,
        "UPDATE payment SET amount = amount + 1 WHERE number = 'P-2026-0001'",
        "bank in the books is 0.01 EUR below what was paid",
    ),
    (
        money.moved,
        "UPDATE payment SET method = 'bank' WHERE method = 'cash' AND direction = 'in'",
        "cash in the books is",
    ),
    (
        money.deposits,
        "UPDATE payment SET deposit = deposit - 1 WHERE number = 'P-2026-0001'",
        "the deposits of deal S-2026-0001 in the books are 0.01 EUR above",
    ),
    (money.deposits, "DELETE FROM payment_use WHERE purpose = 'credit'", "the deposits of deal"),
    (
        money.receivables,
        "UPDATE allocation SET amount = amount - 1 WHERE id = 1",
        "what is open of invoice INV-2026-0001 in the books is 0.01 EUR below",
    ),
    (
        money.receivables,
        "UPDATE invoice SET gross = gross - 1 WHERE number = 'CN-2026-0001'",
        "what is open of invoice INV-2026-0007 in the books is",
    ),
    (
        money.settled,
        "UPDATE journal_line SET credit = credit + 99999999 WHERE role = 'receivable' AND document = 'INV-2026-0001' "
        "AND credit > 0",
        "invoice INV-2026-0001 is settled beyond its gross",
    ),
    (
        money.settled,
        "UPDATE journal_line SET debit = debit + 1 WHERE role = 'receivable' AND debit > 0",
        "gave credit although the invoice has something open",
    ),
    (
        money.payments,
        "UPDATE payment SET credit = credit + 1 WHERE number = 'P-2026-0001'",
        "payment P-2026-0001 is 0.01 EUR below its allocations, deposit and credit together",
    ),
    (money.payments, "DELETE FROM allocation WHERE id = 2", "above its allocations, deposit and credit together"),
    (
        money.allocations,
        "UPDATE allocation SET amount = 99999999 WHERE id = 1",
        "payment P-2026-0001 is allocated beyond its amount",
    ),
    (
        money.allocations,
        "UPDATE allocation SET amount = 99999999 WHERE id = 1",
        "more is allocated to invoice INV-2026-0001 than its gross",
    ),
    (
        money.prepaid,
        "UPDATE invoice SET prepaid = prepaid + 1 WHERE number = 'INV-2026-0001'",
        "invoice INV-2026-0001 shows as prepaid 0.01 EUR above",
    ),
    (
        money.prepaid,
        "UPDATE payment_use SET document = 'INV-2026-0009' WHERE id = 1",
        "invoice INV-2026-0009 shows as pr",
    ),
    (
        money.customers,
        "UPDATE invoice SET gross = gross + 1 WHERE number = 'INV-2026-0001'",
        "the balance of customer Lake School in the books is 0.01 EUR below",
    ),
    (
        money.customers,
        "UPDATE journal_line SET customer_id = 2 WHERE role = 'receivable' AND document = 'INV-2026-0002'",
        "the balance of customer Shore Shop in the books is",
    ),
    (settlement.told_anew, "UPDATE payment_use SET amount = amount - 1 WHERE id = 1", "use of a payment"),
    (settlement.told_anew, "UPDATE payment_use SET payment_id = 2 WHERE source = 'credit'", "use of a payment"),
    (
        settlement.told_anew,
        "INSERT INTO payment_use SELECT 999, 1, used_on, source, purpose, document, amount "
        "FROM payment_use WHERE id = 1",
        "a use of a payment follows from nothing",
    ),
    (settlement.told_anew, "UPDATE allocation SET payment_id = 2 WHERE id = 1", "allocation (payment"),
    (settlement.told_anew, "INSERT INTO allocation VALUES (999, 1, 1, '2026-03-09', 5)", "an allocation follows from"),
    (
        settlement.told_anew,
        "UPDATE payment SET reference = 'Gift' WHERE id = 1",
        "payment P-2026-0001: text of its entry",
    ),
    (
        settlement.told_anew,
        "UPDATE payment SET deposit = deposit + 1 WHERE id = 1",
        "payment P-2026-0001: contract_liab",
    ),
    (settlement.told_anew, "UPDATE payment SET customer_id = 2 WHERE id = 1", "payment P-2026-0001: customer"),
    (settlement.told_anew, "UPDATE payment SET deposit = 1 WHERE direction = 'out'", "deposit and credit is (1, 0)"),
    (
        history.payments_without_a_deal,
        "UPDATE payment SET reference = 'Gift' WHERE deal_id IS NULL",
        "payment 1 of no deal (by the history): reference is 'Gift'",
    ),
    (
        quotes.revisions,
        "UPDATE quote SET net = net + 1 WHERE id = 1",
        "quote Q-2026-0001 revision 1 of deal S-2026-0001: net is",
    ),
    (quotes.revisions, "UPDATE quote_line SET quantity = quantity + 1000000 WHERE id = 1", "not those its lines make"),
    (quotes.revisions, "UPDATE quote_line SET net = net - 1 WHERE id = 2", "deal S-2026-0001, line 2: net is 958.79"),
    (
        quotes.revisions,
        "UPDATE quote_line SET unit_price = -1000000 WHERE id = 2",
        "cannot be read or recomputed: RuleViolation lines[1]",
    ),
    (quotes.revisions, "UPDATE quote_line SET position = 4 WHERE id = 2", "position is 4"),
    (quotes.revisions, "UPDATE quote SET revision = 3 WHERE id = 1", "deal S-2026-0001: revisions is [3]"),
    (quotes.revisions, "UPDATE quote SET typed = replace(typed, 'amount', 'Amount')", "not those its lines make"),
    (quotes.papers, "UPDATE quote_line SET name = 'Canoe' WHERE id = 1", "the paper quote Q-2026-0001: lines is"),
    (
        quotes.papers,
        "UPDATE quote SET valid_until = '2026-12-31' WHERE id = 1",
        "the paper quote Q-2026-0001: valid_un",
    ),
    (quotes.papers, "UPDATE quote SET sent_on = NULL WHERE id = 1", "quote Q-2026-0001 of deal S-2026-0001 has no quo"),
    (
        contracts.versions,
        "UPDATE contract_version SET version = 2 WHERE id = 1",
        "contract C-2026-0001: versions is [2]",
    ),
    (contracts.versions, "DELETE FROM contract_version WHERE id = 1", "a contract without a version"),
    (
        contracts.versions,
        "UPDATE contract_version SET quote_id = 1 WHERE contract_id = 4 AND version = 3",
        "the newest contract version of deal S-2026-0004 does not agree on the newest revision",
    ),
    (contracts.papers, "UPDATE contract_version SET clauses = '[]' WHERE id = 1", "the paper contract C-2026-0001: cl"),
    (
        contracts.papers,
        "UPDATE contract_version SET made_on = '2026-03-30' WHERE id = 1",
        "contract C-2026-0001: made_o",
    ),
    (contracts.papers, "UPDATE contract_version SET document_id = 999 WHERE id = 1", "has no paper or no quote"),
    (
        contracts.signatures,
        "UPDATE signature SET party = 'friend' WHERE id = 1",
        "a signature of 'friend' belongs to no",
    ),
    (
        contracts.signatures,
        "DELETE FROM signature WHERE id = 1",
        "was delivered, but its contract is not signed by both",
    ),
    (
        documents.issued,
        "DELETE FROM document WHERE file_name = 'invoice INV-2026-0001'",
        "has no document 'invoice INV",
    ),
    (documents.issued, "UPDATE document SET kind = 'quote' WHERE id = 2", "belongs to nothing that was issued"),
    (
        documents.issued,
        "UPDATE document SET issued_on = '2026-03-30' WHERE id = 2",
        "belongs to nothing that was issued",
    ),
    (
        documents.issued,
        "UPDATE invoice SET document_id = 1 WHERE number = 'INV-2026-0001'",
        "invoice INV-2026-0001 refers to the document of another",
    ),
    (
        documents.snapshots,
        "UPDATE document SET sha256 = 'x' WHERE id = 1",
        "the document quote Q-2026-0001 was changed",
    ),
    (
        documents.snapshots,
        "UPDATE document SET number = 'Q-1' WHERE id = 1",
        "quote Q-2026-0001: number is 'Q-2026-000",
    ),
    (
        documents.snapshots,
        "UPDATE document SET snapshot = 'x' WHERE id = 1",
        "cannot be read or recomputed: JSONDecodeError",
    ),
    (documents.snapshots, "UPDATE deal SET seller = '{}' WHERE id = 1", "quote Q-2026-0001: heading: seller is"),
    (
        deliveries.quantities,
        "UPDATE delivery_line SET quantity = 1 WHERE id = 1",
        "delivery D-2026-0001, line 1: more was confirmed than dispatched",
    ),
    (
        deliveries.quantities,
        "UPDATE delivery_line SET quantity = 99000000 WHERE id = 1",
        "deal S-2026-0001, line 1: more was accepted or is in transit than was ordered",
    ),
    (
        deliveries.quantities,
        "UPDATE return_line SET quantity = 99000000 WHERE id = 1",
        "more came back than was accepted",
    ),
    (
        deliveries.costs,
        "UPDATE delivery_line SET cost = cost + 1 WHERE id = 1",
        "delivery D-2026-0001, line 1: cost is",
    ),
    (deliveries.costs, "UPDATE receipt_line SET cost = cost + 1 WHERE id = 1", "D-2026-0001, line 1: cost received is"),
    (deliveries.costs, "UPDATE receipt_line SET position = 2 WHERE id = 1", "line 1: it was received as line 2"),
    (deliveries.costs, "UPDATE return_line SET cost = cost + 1 WHERE id = 1", "line 1 returned: cost is"),
    (deliveries.costs, "UPDATE return_line SET position = 2 WHERE id = 1", "line 1 returned: position is 2"),
    (deliveries.costs, "UPDATE goods_return SET restock = 1 WHERE id = 2", "deal S-2026-0003: inventory in the books"),
    (
        deliveries.costs,
        "UPDATE receipt_line SET damaged = damaged + 1000000, refused = refused - 1000000 WHERE refused > 0",
        "deal S-2026-0002: write_off in the books",
    ),
    (deliveries.costs, "UPDATE receipt_line SET cost = 1 WHERE delivery_line_id IS NULL", "line 3 completed: damaged"),
    (
        deliveries.costs,
        "UPDATE receipt_line SET delivery_line_id = NULL WHERE id = 1",
        "line 1 completed: it is no serv",
    ),
    (
        deliveries.costs,
        "UPDATE journal_line SET debit = debit + 1 WHERE role = 'goods_in_transit' AND debit > 0",
        "deal S-2026-0001: goods_in_transit in the books is",
    ),
    (
        deliveries.notes,
        "UPDATE delivery SET carrier = 'UPS' WHERE id = 1",
        "delivery note D-2026-0001: carrier is 'own",
    ),
    (deliveries.notes, "UPDATE delivery_line SET quantity = quantity + 1 WHERE id = 1", "note D-2026-0001: lines is"),
    (invoices.figures, "UPDATE invoice SET net = net + 1 WHERE id = 1", "invoice INV-2026-0001: net is"),
    (
        invoices.figures,
        "UPDATE invoice SET tax = tax - 1 WHERE kind = 'credit_note'",
        "credit note CN-2026-0001: tax is",
    ),
    (invoices.figures, "UPDATE invoice SET figures = replace(figures, '1', '2') WHERE id = 1", "its figures are not"),
    (
        invoices.figures,
        "UPDATE invoice_line SET earned = earned + 1 WHERE id = 1",
        "invoice INV-2026-0001: lines (posit",
    ),
    (invoices.figures, "UPDATE invoice_line SET tax = tax + 1 WHERE id = 1", "invoice INV-2026-0001: lines (position"),
    (invoices.figures, "UPDATE invoice SET prepaid = 0 WHERE id = 1", "invoice INV-2026-0001: totals is"),
    (
        invoices.figures,
        "UPDATE invoice SET reason = 'x' WHERE kind = 'credit_note'",
        "credit note CN-2026-0001: reason",
    ),
    (invoices.figures, "UPDATE invoice SET due_on = '2027-01-01' WHERE id = 1", "invoice INV-2026-0001: due_on is"),
    (invoices.figures, "UPDATE invoice SET document_id = 999 WHERE id = 1", "invoice INV-2026-0001 has no document"),
    (invoices.occasions, "UPDATE invoice SET due_on = '2027-01-01' WHERE id = 1", "invoice INV-2026-0001: due day is"),
    (invoices.occasions, "UPDATE invoice SET issued_on = '2027-01-01' WHERE id = 1", "invoice INV-2026-0001: day is"),
    (
        invoices.occasions,
        "UPDATE invoice SET currency = 'USD' WHERE id = 1",
        "invoice INV-2026-0001: currency is 'USD'",
    ),
    (invoices.occasions, "UPDATE invoice SET customer_id = 2 WHERE id = 1", "invoice INV-2026-0001: customer is 2"),
    (invoices.occasions, "DELETE FROM invoice WHERE id = 1", "not one for each receipt that accepted something"),
    (
        invoices.quantities,
        "UPDATE invoice_line SET quantity = quantity - 1000000 WHERE id = 1",
        "deal S-2026-0001, line 1: quantity invoiced is 5, but ought to be 6",
    ),
    (invoices.quantities, "UPDATE invoice SET net = net + 1 WHERE id = 1", "the nets of all its invoices is 8278.41"),
    (
        invoices.credit_notes,
        "UPDATE invoice SET gross = 99999999 WHERE number = 'CN-2026-0001'",
        "its credit notes exceed its gross",
    ),
    (
        invoices.credit_notes,
        "UPDATE invoice_line SET quantity = 99000000 WHERE invoice_id = "
        "(SELECT id FROM invoice WHERE number = 'CN-2026-0001')",
        "its credit notes exceed the quantity of line 1",
    ),
    (
        invoices.credit_notes,
        "UPDATE invoice SET corrects_id = (SELECT id FROM invoice WHERE number = 'CN-2026-0001') "
        "WHERE number = 'CN-2026-0002'",
        "credit note CN-2026-0001 is corrected like an invoice",
    ),
    (
        revenue.earned,
        "UPDATE revenue_entry SET amount = amount + 1 WHERE id = 1",
        "revenue of INV-2026-0001, line 1: amount is",
    ),
    (
        revenue.earned,
        "UPDATE revenue_entry SET quantity = 0 WHERE id = 1",
        "INV-2026-0001, line 1: quantity in million",
    ),
    (
        revenue.earned,
        "UPDATE revenue_entry SET document = 'INV-2026-0002' WHERE id = 1",
        "INV-2026-0002, line 1: amount",
    ),
    (
        revenue.costs,
        "UPDATE revenue_entry SET cost = cost + 1 WHERE id = 1",
        "deal S-2026-0001, line 1: cost beyond that",
    ),
    (revenue.booked, "UPDATE revenue_entry SET amount = amount + 1 WHERE id = 1", "deal S-2026-0001: revenue in the"),
    (
        revenue.booked,
        "UPDATE revenue_entry SET cost = cost + 1 WHERE id = 1",
        "S-2026-0001: cost_of_sales in the books",
    ),
    (revenue.booked, "UPDATE invoice SET tax = tax + 1 WHERE id = 1", "deal S-2026-0001: output_tax in the books is"),
    (
        revenue.booked,
        "UPDATE journal_line SET debit = debit + 1 WHERE role = 'contract_asset' AND debit > 0",
        "deal S-2026-0001: contract_asset in the books is 0.03, but ought to be 0.00 EUR",
    ),
    (
        revenue.days,
        "UPDATE revenue_entry SET earned_on = '2027-01-01' WHERE id = 1",
        "revenue of INV-2026-0001: day is",
    ),
    (revenue.days, "UPDATE payment SET paid_on = '2026-03-30' WHERE id = 1", "entry 1 of P-2026-0001: day is"),
    (history.opened, "DELETE FROM history WHERE id = 1", "deal S-2026-0001 has 0 open_deal rows in the history"),
    (
        history.opened,
        "UPDATE deal SET opened_on = '2026-01-01' WHERE id = 1",
        "S-2026-0001 (by the history): opened_on",
    ),
    (history.opened, "UPDATE deal SET reference = 'shop-2' WHERE id = 1", "S-2026-0001 (by the history): reference is"),
    (
        history.opened,
        "UPDATE deal SET customer_id = 2 WHERE id = 1",
        "deal S-2026-0001 (by the history): customer is 2",
    ),
    (
        history.opened,
        "UPDATE deal SET prices_include_tax = 1 WHERE id = 1",
        "deal S-2026-0001 (by the history): basis is",
    ),
    (
        history.offers,
        "UPDATE quote_line SET cost = 1 WHERE id = 1",
        "revision 1 of deal S-2026-0001 (by the history): of",
    ),
    (
        history.offers,
        "UPDATE quote_line SET kind = 'service' WHERE id = 1",
        "revision 1 of deal S-2026-0001 (by the his",
    ),
    (
        history.offers,
        "UPDATE quote SET made_on = '2026-01-01' WHERE id = 1",
        "(by the history): made_on is '2026-01-01'",
    ),
    (
        history.offers,
        "DELETE FROM history WHERE action = 'revise_quote'",
        "revision 2 of deal S-2026-0006 has no command",
    ),
    (
        history.agreements,
        "UPDATE signature SET name = 'Nobody' WHERE id = 1",
        "S-2026-0001 (by the history): signatures",
    ),
    (
        history.agreements,
        "UPDATE contract SET made_on = '2026-03-30' WHERE id = 1",
        "S-2026-0001 (by the history): day",
    ),
    (
        history.agreements,
        "DELETE FROM contract_version WHERE id = 1",
        "(by the history): versions and their days is []",
    ),
    (
        history.deliveries,
        "UPDATE delivery SET override = 'x' WHERE id = 1",
        "delivery 1 of deal S-2026-0001 (by the his",
    ),
    (
        history.deliveries,
        "DELETE FROM delivery WHERE id = 1",
        "in the history of deal S-2026-0001 has left no delivery",
    ),
    (
        history.receipts,
        "UPDATE receipt SET confirmed_by = 'x' WHERE id = 1",
        "receipt 1 of deal S-2026-0001 (by the hist",
    ),
    (history.receipts, "UPDATE receipt SET kind = 'service' WHERE id = 1", "(by the history): kind is 'service'"),
    (
        history.receipts,
        "UPDATE receipt_line SET damaged = damaged + 1 WHERE damaged > 0",
        "receipt 1 of deal S-2026-0002",
    ),
    (
        history.receipts,
        "UPDATE receipt_line SET missing = 1 WHERE id = 1",
        "receipt 1 of deal S-2026-0001 (by the hist",
    ),
    (
        history.returns,
        "UPDATE goods_return SET reason = 'x' WHERE id = 1",
        "return 1 of deal S-2026-0003 (by the histo",
    ),
    (history.returns, "UPDATE goods_return SET restock = 0 WHERE id = 1", "(by the history): restock is 0"),
    (history.returns, "UPDATE return_line SET quantity = 1 WHERE id = 1", "(by the history): quantities is"),
    (
        history.returns,
        "UPDATE return_line SET receipt_line_id = 1 WHERE id = 1",
        "(by the history): receipts is [None",
    ),
    (
        history.credit_notes,
        "UPDATE invoice SET reason = 'x' WHERE number = 'CN-2026-0001'",
        "credit notes of deal S-2026-0003 (by the history) is",
    ),
    (
        history.payments,
        "UPDATE payment SET reason = 'x' WHERE id = 1",
        "payment 1 of deal S-2026-0001 (by the history): r",
    ),
    (
        history.payments,
        "UPDATE payment SET amount = 1 WHERE id = 1",
        "payment 1 of deal S-2026-0001 (by the history): amo",
    ),
    (
        decisions.decided,
        "UPDATE quote SET state = 'accepted' WHERE state = 'draft'",
        "(by the history): state is 'acc",
    ),
    (
        decisions.decided,
        "UPDATE quote SET decided_by = 'x' WHERE id = 1",
        "revision 1 of deal S-2026-0001 (by the histor",
    ),
    (
        decisions.decided,
        "UPDATE quote SET state = 'sent' WHERE id = 1",
        "(by the history): state is 'sent', but ought to",
    ),
    (
        decisions.decided,
        "UPDATE deal SET cancelled_on = '2026-03-30' WHERE id = 1",
        "S-2026-0001: day of its cancellation",
    ),
    (
        decisions.decided,
        "UPDATE contract SET cancelled_on = NULL",
        "contract C-2026-0005: day of its cancellation is No",
    ),
]


def spoil(books: Path, statements: str) -> None:
    with behind_the_triggers(books) as file:
        for statement in statements.split("; "):
            assert file.execute(statement).rowcount, f"nothing to spoil: {statement}"


@pytest.mark.parametrize(
    ("check", "statement", "words"),
    FAULTS,
    ids=[f"{c.__module__.split('.')[-1]}.{c.__name__}-{s}" for c, s, _ in FAULTS],
)
def test_a_fault_is_found_and_named(check: Check, statement: str, words: str, books: Path) -> None:
    spoil(books, statement)
    with Store.open(books) as store, store.read() as session:
        subjects: Iterable[Any] = [session] if check in OF_THE_FILE else records(session)
        found = [problem for subject in subjects for problem in guarded(check(subject), "what was spoiled")]
    assert any(words in problem for problem in found), found


def test_every_check_has_a_fault_that_it_finds() -> None:
    assert {check for check, _, _ in FAULTS} == {*OF_THE_FILE, *OF_A_DEAL}
