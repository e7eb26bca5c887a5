CREATE TABLE parts (
  id serial PRIMARY KEY,
  name text NOT NULL UNIQUE,
  in_stock integer NOT NULL DEFAULT 0 CHECK (in_stock >= 0)
);

INSERT INTO parts (name, in_stock) VALUES ('valve', 12), ('gasket', 40), ('spindle', 3);
