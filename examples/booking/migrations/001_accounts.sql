CREATE TABLE accounts (
  id serial PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  password_hash text NOT NULL,
  organiser boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);
