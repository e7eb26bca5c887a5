CREATE TABLE wallets (
  id serial PRIMARY KEY,
  owner text NOT NULL,
  balance_cents int NOT NULL CHECK (balance_cents >= 0)
);

CREATE TABLE payments (
  id serial PRIMARY KEY,
  wallet_id int NOT NULL REFERENCES wallets (id),
  amount_cents int NOT NULL CHECK (amount_cents > 0),
  paid_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX payments_wallet ON payments (wallet_id);

CREATE TABLE idempotency_keys (
  key text PRIMARY KEY,
  request_hash text NOT NULL,
  status int,
  body jsonb,
  created_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO wallets (owner, balance_cents) VALUES ('Noor', 50000), ('Ivo', 12000), ('Sanne', 8000);
