CREATE TABLE accounts (
  id serial PRIMARY KEY,
  email text NOT NULL UNIQUE,
  password_hash text NOT NULL
);

CREATE TABLE sessions (
  token text PRIMARY KEY,
  account_id int NOT NULL REFERENCES accounts (id)
);

CREATE TABLE gift_cards (
  id serial PRIMARY KEY,
  account_id int NOT NULL REFERENCES accounts (id),
  code text NOT NULL UNIQUE,
  value_cents int NOT NULL CHECK (value_cents > 0),
  issued_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX gift_cards_account ON gift_cards (account_id);

CREATE TABLE idempotency_keys (
  account_id int NOT NULL REFERENCES accounts (id),
  key text NOT NULL,
  value_cents int NOT NULL,
  gift_card_id int REFERENCES gift_cards (id),
  PRIMARY KEY (account_id, key)
);
