CREATE TABLE accounts (
  id serial PRIMARY KEY,
  owner text NOT NULL,
  cents int NOT NULL CHECK (cents >= 0)
);

INSERT INTO accounts (owner, cents) VALUES ('Mara', 900000), ('Tomas', 900000), ('Ines', 900000);
