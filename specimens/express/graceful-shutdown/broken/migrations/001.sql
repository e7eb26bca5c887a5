CREATE TABLE orders (
  id serial PRIMARY KEY,
  item text NOT NULL,
  quantity int NOT NULL CHECK (quantity > 0)
);

INSERT INTO orders (item, quantity) VALUES ('tea', 2), ('bread', 1), ('apples', 6);
