-- Made-up invoices and payments by plain SQL, for contacts that are there:
-- `psql -v invoices=850000 -v seed=1 -v company=1 -v receivable=1 -v income=2 -v bank=3
--       -v sales=1 -v cash=2 -f invoices.sql` (accounts and journals by id).
-- Four of five are paid; one of ten has been corrected. What core would store with them and the
-- balances do not read is left out.
BEGIN;
SELECT setseed(:seed / 100.0);

CREATE TEMP TABLE made ON COMMIT DROP AS
WITH customer AS (
    SELECT id, row_number() OVER (ORDER BY id) AS number, count(*) OVER () AS total
      FROM res_partner WHERE commercial_partner_id = id AND active
), thrown AS (
    SELECT serial, 1 + floor(random() * (SELECT max(total) FROM customer))::int AS number,
           date '2024-01-01' + floor(random() * 800)::int AS day,
           round((10 + random() * 990)::numeric, 2) AS net,
           random() < 0.8 AS is_paid, random() < 0.1 AS is_refund, floor(random() * 60)::int AS late
      FROM generate_series(1, :invoices) serial
)
SELECT serial, customer.id AS partner, day, net, is_paid AND NOT is_refund AS is_paid, late,
       CASE WHEN is_refund THEN 'out_refund' ELSE 'out_invoice' END AS move_type,
       CASE WHEN is_refund THEN -1 ELSE 1 END * net AS signed,
       nextval('account_move_id_seq') AS move, nextval('account_move_id_seq') AS payment,
       nextval('account_move_line_id_seq') AS debit, nextval('account_move_line_id_seq') AS credit
  FROM thrown JOIN customer USING (number);

INSERT INTO account_move (id, name, journal_id, company_id, partner_id, commercial_partner_id,
    currency_id, state, move_type, auto_post, date, invoice_date, invoice_date_due,
    amount_untaxed_signed)
SELECT move, 'B/' || serial, :sales, :company, partner, partner, company.currency_id, 'posted',
       move_type, 'no', day, day, day + 14, signed
  FROM made, res_company company WHERE company.id = :company;

INSERT INTO account_move (id, name, journal_id, company_id, partner_id, commercial_partner_id,
    currency_id, state, move_type, auto_post, date)
SELECT payment, 'P/' || serial, :cash, :company, partner, partner, company.currency_id, 'posted',
       'entry', 'no', day + late
  FROM made, res_company company WHERE is_paid AND company.id = :company;

INSERT INTO account_move_line (id, move_id, company_id, partner_id, currency_id, account_id,
    display_type, parent_state, date, date_maturity, debit, credit, balance, amount_currency,
    amount_residual, amount_residual_currency, reconciled)
SELECT item.id, item.move, :company, partner, company.currency_id, item.account, item.kind, 'posted',
       item.day, item.day + 14, greatest(item.balance, 0), greatest(-item.balance, 0), item.balance,
       item.balance, item.residual, item.residual, item.account = :receivable AND is_paid
  FROM made JOIN res_company company ON company.id = :company
 CROSS JOIN LATERAL (VALUES
    (debit, move, :receivable, 'payment_term', day, signed,
        CASE WHEN is_paid THEN 0 ELSE signed END, TRUE),
    (nextval('account_move_line_id_seq'), move, :income, 'product', day, -signed, 0, TRUE),
    (credit, payment, :receivable, 'payment_term', day + late, -signed, 0, is_paid),
    (nextval('account_move_line_id_seq'), payment, :bank, 'product', day + late, signed, 0, is_paid)
 ) AS item (id, move, account, kind, day, balance, residual, is_wanted)
 WHERE item.is_wanted;

INSERT INTO account_partial_reconcile (debit_move_id, credit_move_id, company_id, amount,
    debit_amount_currency, credit_amount_currency, max_date)
SELECT debit, credit, :company, net, net, net, day + late FROM made WHERE is_paid;
COMMIT;
VACUUM ANALYZE account_move, account_move_line, account_partial_reconcile;
