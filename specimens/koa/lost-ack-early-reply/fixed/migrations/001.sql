CREATE TABLE orders (
  id uuid PRIMARY KEY,
  customer text NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE order_lines (
  order_id uuid NOT NULL REFERENCES orders (id),
  product text NOT NULL
);
