CREATE TABLE entries (
  id serial PRIMARY KEY,
  account text NOT NULL,
  cents int NOT NULL
);

INSERT INTO entries (account, cents) VALUES ('rent', -90000), ('sales', 130000);
