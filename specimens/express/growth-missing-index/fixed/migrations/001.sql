CREATE TABLE voyages (
  id serial PRIMARY KEY,
  ship text NOT NULL,
  left_at timestamptz NOT NULL
);

CREATE TABLE legs (
  id serial PRIMARY KEY,
  voyage_id int NOT NULL REFERENCES voyages (id),
  port text NOT NULL,
  miles int NOT NULL
);

INSERT INTO voyages (ship, left_at)
SELECT 'Ship no. ' || n, timestamptz '2026-03-01' + n * interval '1 day' FROM generate_series(1, 40) AS n;

INSERT INTO legs (voyage_id, port, miles)
SELECT 1 + n % 40, 'Port no. ' || n % 12, 20 + n % 300 FROM generate_series(1, 80) AS n;

CREATE INDEX legs_voyage ON legs (voyage_id);
