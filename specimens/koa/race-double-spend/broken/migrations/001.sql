CREATE TABLE wallets (
  id serial PRIMARY KEY,
  owner text NOT NULL
);

CREATE TABLE ledger (
  id serial PRIMARY KEY,
  wallet_id int NOT NULL REFERENCES wallets (id),
  amount int NOT NULL,
  booked_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ledger_wallet ON ledger (wallet_id);

INSERT INTO wallets (owner) VALUES ('Ines'), ('Tomasz');
INSERT INTO ledger (wallet_id, amount) VALUES (1, 100), (2, 100);
