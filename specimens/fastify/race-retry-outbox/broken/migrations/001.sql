CREATE TABLE orders (
  id serial PRIMARY KEY,
  total_cents int NOT NULL,
  status text NOT NULL DEFAULT 'pending'
);

CREATE TABLE outbox (
  id serial PRIMARY KEY,
  kind text NOT NULL,
  order_id int NOT NULL REFERENCES orders (id),
  sent_at timestamptz
);

INSERT INTO orders (total_cents) VALUES (1990), (4500), (799), (12000);
