CREATE TABLE items (
  id serial PRIMARY KEY,
  name text NOT NULL,
  quantity int NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO items (name, quantity) VALUES ('Hinge', 120), ('Bracket', 40), ('Wall plug', 900);
