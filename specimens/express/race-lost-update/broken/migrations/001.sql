CREATE TABLE accounts (
  id serial PRIMARY KEY,
  owner text NOT NULL,
  balance int NOT NULL DEFAULT 0
);

INSERT INTO accounts (owner, balance) VALUES ('Ines', 250), ('Tomasz', 40), ('Wren', 0);
