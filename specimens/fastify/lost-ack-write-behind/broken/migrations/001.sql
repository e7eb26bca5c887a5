CREATE TABLE profiles (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  city text,
  saved_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO profiles (id, name, city) VALUES ('6f3f3a52-5f0e-4d1c-9a55-0d7c6b1f4e01', 'Ada', 'Porto');
