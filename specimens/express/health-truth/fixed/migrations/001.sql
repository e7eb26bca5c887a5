CREATE TABLE stock (
  sku text PRIMARY KEY,
  units int NOT NULL CHECK (units >= 0)
);

INSERT INTO stock (sku, units) VALUES ('bolt-m6', 1200), ('nut-m6', 900), ('washer-6', 4000);
