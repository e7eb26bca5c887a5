CREATE TABLE clients (
  id text PRIMARY KEY,
  name text NOT NULL,
  salt text NOT NULL,
  hash text NOT NULL
);

CREATE TABLE tides (
  id serial PRIMARY KEY,
  port text NOT NULL,
  high_at timestamptz NOT NULL,
  centimetres int NOT NULL
);

CREATE INDEX tides_high_at ON tides (high_at);

INSERT INTO clients (id, name, salt, hash)
VALUES ('c1', 'Harbour office', 'd6dea0c807dede15b4d90ed18dacf6dd', 'b66e7e6baace5fd97d95b0c27462ad4d8f7184729265eb978ebbd88b05545a3a');

INSERT INTO tides (port, high_at, centimetres)
SELECT 'Port ' || n % 12, timestamptz '2026-03-01' + n * interval '25 minutes', 180 + (n * 37) % 220
FROM generate_series(1, 2000) AS n;
