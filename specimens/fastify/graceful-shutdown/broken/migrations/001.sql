CREATE TABLE invoices (
  id serial PRIMARY KEY,
  customer text NOT NULL,
  cents int NOT NULL CHECK (cents >= 0)
);

INSERT INTO invoices (customer, cents) VALUES ('Nordlys AS', 129900), ('Casa Verde', 4550), ('Brama', 87000);
