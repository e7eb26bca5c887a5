CREATE TABLE accounts (
  id serial PRIMARY KEY,
  owner text NOT NULL,
  balance int NOT NULL DEFAULT 0
);

INSERT INTO accounts (owner, balance) VALUES ('Maren', 120), ('Oskar', 75), ('Pilar', 0);
