CREATE TABLE venues (
  id serial PRIMARY KEY,
  name text NOT NULL UNIQUE,
  city text NOT NULL,
  address text NOT NULL
);

CREATE TABLE seats (
  id serial PRIMARY KEY,
  venue_id int NOT NULL REFERENCES venues (id) ON DELETE CASCADE,
  row text NOT NULL,
  number int NOT NULL CHECK (number > 0),
  UNIQUE (venue_id, row, number)
);

CREATE TABLE events (
  id serial PRIMARY KEY,
  venue_id int NOT NULL REFERENCES venues (id),
  organiser_id int NOT NULL REFERENCES accounts (id),
  title text NOT NULL,
  starts_at timestamptz NOT NULL,
  price_cents int NOT NULL CHECK (price_cents >= 0)
);

CREATE INDEX events_starts_at ON events (starts_at);
