CREATE TABLE accounts (
  id serial PRIMARY KEY,
  owner text NOT NULL,
  balance int NOT NULL DEFAULT 0,
  open boolean NOT NULL DEFAULT true
);

INSERT INTO accounts (owner) SELECT 'Customer ' || n FROM generate_series(1, 6) AS n;
