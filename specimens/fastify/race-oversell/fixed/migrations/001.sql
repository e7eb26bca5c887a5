CREATE TABLE products (
  id serial PRIMARY KEY,
  name text NOT NULL,
  stock int NOT NULL
);

CREATE TABLE orders (
  id serial PRIMARY KEY,
  product_id int NOT NULL REFERENCES products (id),
  quantity int NOT NULL
);

INSERT INTO products (name, stock) VALUES ('Lamp', 3), ('Chair', 1), ('Desk', 12);
