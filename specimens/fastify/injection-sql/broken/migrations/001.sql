CREATE TABLE products (
  id serial PRIMARY KEY,
  name text NOT NULL,
  cents int NOT NULL
);

INSERT INTO products (name, cents) VALUES ('Rope', 1200), ('Lantern', 3400), ('O''Brien''s anchor', 15000);
