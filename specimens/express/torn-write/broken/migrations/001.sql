CREATE TABLE products (
  id serial PRIMARY KEY,
  name text NOT NULL,
  stock int NOT NULL CHECK (stock >= 0)
);

CREATE TABLE orders (
  id serial PRIMARY KEY,
  product_id int NOT NULL REFERENCES products (id),
  quantity int NOT NULL CHECK (quantity > 0),
  placed_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO products (name, stock) VALUES ('lamp', 5000), ('chair', 5000), ('rug', 5000);
