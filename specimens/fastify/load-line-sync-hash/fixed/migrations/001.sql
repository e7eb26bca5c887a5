CREATE TABLE clients (
  id text PRIMARY KEY,
  name text NOT NULL,
  hash text NOT NULL
);

CREATE TABLE tides (
  id serial PRIMARY KEY,
  port text NOT NULL,
  high_at timestamptz NOT NULL,
  centimetres int NOT NULL
);

CREATE INDEX tides_high_at ON tides (high_at);

INSERT INTO clients (id, name, hash)
VALUES ('c1', 'Harbour office', '3dffc93359a881ab00c6d9f6c2fe69e1372d40ed33e07b582deaa0de862a7517');

INSERT INTO tides (port, high_at, centimetres)
SELECT 'Port ' || n % 12, timestamptz '2026-03-01' + n * interval '25 minutes', 180 + (n * 37) % 220
FROM generate_series(1, 2000) AS n;
