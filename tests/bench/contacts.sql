-- Made-up contacts by plain SQL: `psql -v contacts=1000000 -v seed=1 -f contacts.sql`.
-- The same seed gives the same contacts. Of ten contacts five are private persons, two companies and
-- three contact persons of the company before them. Columns that the database lacks are left out.
\set ON_ERROR_STOP on
SELECT set_config('bench.seed', :'seed', false), set_config('bench.contacts', :'contacts', false);

-- A number from 0 to below `many`, the same for the same contact, question and seed.
CREATE FUNCTION pg_temp.dice(contact int, question int, many int) RETURNS int
LANGUAGE sql STABLE AS $$
    SELECT mod(
        hashint8extended(contact::bigint * 64 + question, current_setting('bench.seed')::bigint)
        & 9007199254740991, many)::int
$$;

-- An entry of a list; the first ones come up more often than the last ones.
CREATE FUNCTION pg_temp.pick(contact int, question int, list text[]) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT list[1 + floor(power(pg_temp.dice(contact, question, 100000) / 100000.0, 1.6)
                          * array_length(list, 1))::int]
$$;

CREATE TEMP TABLE word AS SELECT
    ARRAY['Anna','Peter','Maria','Michael','Ursula','Thomas','Sabine','Andreas','Monika','Jürgen',
          'Petra','Stefan','Claudia','Günter','Renate','Mehmet','Jörg','Ayşe','Zoë','Karl-Heinz',
          'Björn','Käthe','Emre','Fatma','Lena','Hans','Lukas','Emma','Felix','Sophie','Noah','Mia',
          'Özlem','Łukasz','Agnieszka','Giulia','Marco','Svetlana','Dmitri','Chloé'] AS first_name,
    (SELECT array_agg(a || b ORDER BY rank)
       FROM (SELECT a, b, row_number() OVER (ORDER BY hashint8extended(at * 97 + bt, 5)) AS rank
               FROM unnest(ARRAY['Stein','Berg','Wald','Kirch','Neu','Alt','Ober','Hoff','Busch',
                                 'Schön','Groß','Klein','Müll','Bäck','Löff','Schnei','Wag','Fisch',
                                 'Jäg','Köhl','Krüg','Vogel','Winter','Sommer','Eisen','Gold',
                                 'Silber','Brunn','Hirsch','Rosen']) WITH ORDINALITY AS f (a, at),
                    unnest(ARRAY['mann','er','bauer','berg','feld','meier','mayer','hofer','stein',
                                 'müller','schmidt','huber','bach','wald','dorf','ner','inger','ert',
                                 'holz','kamp']) WITH ORDINALITY AS g (b, bt)) AS pairs
    ) AS last_name,
    ARRAY['Bau','Metallbau','Bäckerei','Elektro','Gartenbau','Spedition','Druckerei','Optik','Möbel',
          'Zahntechnik','Heizung','Gerüstbau','Steuerberatung','Immobilien','Software'] AS trade,
    ARRAY['GmbH','GmbH & Co. KG','AG','e.K.','OHG','UG (haftungsbeschränkt)'] AS legal_form,
    ARRAY['Hauptstraße','Schulstraße','Gartenweg','Bahnhofstraße','Dorfstraße','Bergstraße',
          'Lindenallee','Kirchplatz','Mühlweg','Am Sportplatz','Ringstraße','Goethestraße',
          'Schillerstraße','Wiesengrund','Birkenweg','Rosenweg','Bäckergasse','Feldstraße'] AS street,
    ARRAY['Berlin','Hamburg','München','Köln','Frankfurt am Main','Stuttgart','Düsseldorf','Leipzig',
          'Dortmund','Essen','Bremen','Dresden','Hannover','Nürnberg','Duisburg','Bochum','Münster',
          'Karlsruhe','Mannheim','Augsburg','Wiesbaden','Aachen','Braunschweig','Kiel','Lübeck',
          'Würzburg','Göttingen','Tübingen','Görlitz','Flensburg'] AS city;

-- The companies first, for their contact persons bear their names.
CREATE TEMP TABLE bench AS
WITH made AS (
    SELECT i, 1000 + i AS id, i % 10 IN (5, 6) AS is_company,
           CASE WHEN i % 10 > 6 THEN 1000 + i - i % 10 + 6 END AS parent_id,
           pg_temp.pick(i, 1, first_name) AS firstname, pg_temp.pick(i, 2, last_name) AS lastname,
           pg_temp.pick(i, 2, last_name) || ' ' || pg_temp.pick(i, 3, trade) || ' '
               || pg_temp.pick(i, 4, legal_form) AS firm,
           pg_temp.pick(i, 5, street) || ' ' || 1 + pg_temp.dice(i, 6, 199) AS street,
           lpad((1000 + pg_temp.dice(i, 7, 98000))::text, 5, '0') AS zip,
           pg_temp.pick(i, 8, city) AS city,
           201 + pg_temp.dice(i, 9, 99) AS area, 100000 + pg_temp.dice(i, 10, 900000) AS line
      FROM generate_series(1, current_setting('bench.contacts')::int) AS i, word
)
SELECT made.id, made.is_company, made.parent_id,
       CASE WHEN made.is_company THEN made.firm
            ELSE made.firstname || ' ' || made.lastname END AS name,
       CASE WHEN made.is_company THEN made.firm
            ELSE concat(company.firm || ', ', made.firstname, ' ', made.lastname)
            END AS complete_name,
       coalesce(made.parent_id, made.id) AS commercial_partner_id,
       CASE WHEN made.is_company THEN made.firm ELSE company.firm END AS commercial_company_name,
       CASE WHEN NOT made.is_company THEN made.firstname END AS firstname,
       CASE WHEN NOT made.is_company THEN made.lastname END AS lastname,
       made.street, made.zip, made.city,
       (SELECT id FROM res_country WHERE code = 'DE') AS country_id,
       CASE made.i % 3 WHEN 0 THEN format('0%s/%s', made.area, made.line) WHEN 1 THEN format('+49 %s %s', made.area, made.line)
            ELSE format('0%s %s', made.area, made.line) END AS phone,
       format('+49%s%s', made.area, made.line) AS phone_sanitized,
       format('+49%s%s', made.area, made.line) AS phone_e164,
       format('0%s %s', made.area, made.line) AS phone_display,
       format('k%s@%s.example', made.i, made.id % 5000) AS email,
       format('k%s@%s.example', made.i, made.id % 5000) AS email_normalized,
       CASE WHEN made.i % 10 < 7 THEN format('K%s', 100000 + made.i) END AS ref,
       CASE WHEN made.is_company THEN format('DE%s', 100000000 + made.i) END AS vat,
       CASE WHEN made.i % 3 > 0 THEN 'customer' ELSE 'prospect' END AS customer_stage,
       NOT made.is_company AND made.parent_id IS NULL AS is_consumer,
       (made.i % 3 > 0)::int AS customer_rank, 0 AS supplier_rank, 0 AS color, 0 AS birthday_key,
       0 AS message_bounce, 'contact' AS type, true AS active, true AS partner_share,
       'en_US' AS lang, 'ask' AS autopost_bills, 2 AS create_uid, 2 AS write_uid,
       now() AT TIME ZONE 'UTC' AS create_date, now() AT TIME ZONE 'UTC' AS write_date
  FROM made LEFT JOIN made AS company ON company.id = made.parent_id
 ORDER BY made.i;

DO $$
DECLARE
    columns text := (
        SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
         WHERE attrelid = 'bench'::regclass AND attnum > 0 AND attname IN (
               SELECT attname FROM pg_attribute WHERE attrelid = 'res_partner'::regclass));
BEGIN
    EXECUTE format('INSERT INTO res_partner (%1$s) SELECT %1$s FROM bench', columns);
    PERFORM setval('res_partner_id_seq', (SELECT max(id) FROM res_partner));
END $$;
VACUUM ANALYZE res_partner;
