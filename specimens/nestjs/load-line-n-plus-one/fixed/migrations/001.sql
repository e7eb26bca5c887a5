CREATE TABLE invoices (
  id serial PRIMARY KEY,
  customer text NOT NULL
);

CREATE TABLE lines (
  id serial PRIMARY KEY,
  invoice_id int NOT NULL REFERENCES invoices (id),
  cents int NOT NULL
);

CREATE INDEX lines_invoice ON lines (invoice_id);

INSERT INTO invoices (customer) SELECT 'Customer ' || n % 700 FROM generate_series(1, 25000) AS n;
INSERT INTO lines (invoice_id, cents) SELECT 1 + n % 25000, 100 + (n * 37) % 9000 FROM generate_series(1, 100000) AS n;
