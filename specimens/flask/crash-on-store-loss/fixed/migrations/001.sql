CREATE TABLE items (
  id serial PRIMARY KEY,
  name text NOT NULL,
  shelf integer NOT NULL
);

INSERT INTO items (name, shelf) VALUES
  ('Rope, 30 m', 4),
  ('Lantern', 2),
  ('Anchor, small', 7),
  ('Tarpaulin', 4);
